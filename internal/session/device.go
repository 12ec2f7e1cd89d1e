package session

import "strings"

// Device makes of a User-Agent header what its owner recognises in the list of sessions: "Chrome · Android".
func Device(userAgent string) string {
	pick := func(table [][2]string) string {
		for _, row := range table {
			if strings.Contains(userAgent, row[0]) {
				return row[1]
			}
		}
		return ""
	}
	// Browsers carry the names of those they imitate, so the imitators come first.
	browser := pick([][2]string{
		{"coc_coc_browser", "Cốc Cốc"},
		{"Zalo", "Zalo"},
		{"FBAN", "Facebook"},
		{"FBAV", "Facebook"},
		{"Edg", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser", "Samsung Internet"},
		{"Firefox", "Firefox"},
		{"FxiOS", "Firefox"},
		{"CriOS", "Chrome"},
		{"Chrome", "Chrome"},
		{"Safari", "Safari"},
	})
	system := pick([][2]string{
		{"Android", "Android"},
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Windows", "Windows"},
		{"CrOS", "ChromeOS"},
		{"Mac OS", "macOS"},
		{"Linux", "Linux"},
	})
	return strings.Trim(browser+" · "+system, " ·")
}
