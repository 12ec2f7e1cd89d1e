package decree

import (
	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// What the decree asks of a page, in millimetres and points (Appendix I, part I). Where it leaves a range, the value that
// is used is named first and the range beside it.
const (
	MarginTop    = 20.0 // 20–25 mm
	MarginBottom = 20.0 // 20–25 mm
	MarginLeft   = 30.0 // 30–35 mm
	MarginRight  = 15.0 // 15–20 mm

	NationSize    = 13.0 // 12–13, bold capitals; 12 where 13 does not fit
	MottoSize     = 14.0 // 13–14, bold; one more than the nation's
	OrganSize     = 13.0 // 12–13, capitals; the issuer bold
	NumberSize    = 13.0
	DateSize      = 14.0 // 13–14, italic
	AboutSize     = 12.0 // 12–13, "V/v …"
	TypeSize      = 14.0 // 13–14, bold capitals; its abstract bold
	BodySize      = 14.0 // 13–14
	SmallBodySize = 13.0 // taken when that spares a page
	SignerSize    = 14.0 // 13–14, bold
	ToLabelSize   = 12.0 // "Nơi nhận", bold italic
	ToListSize    = 11.0
	StampSize     = 14.0 // 13–14, bold red capitals in a frame
	HourSize      = 11.0 // the hour below the stamp of a scheduled letter
	DrafterSize   = 11.0
	ContactSize   = 11.0 // 11–12
	CopyMarkSize  = 10.0 // of an electronic copy, top right
	CopyOfSize    = 11.0 // the line that names the original of a copy whose block stands on a sheet of its own
	PageSize      = 13.0 // 13–14, in the middle of the top margin from page 2
	TableSize     = 12.0 // tables are not the decree's subject; small enough for their columns

	FirstIndent    = 12.7 // mm; 10 or 12.7
	ParagraphSpace = 6.0  // points, at least
	LineSpacing    = 1.1  // 1 to 1.5
	AboutSpace     = 6.0  // between the number and "V/v"
	RuleShare      = 0.42 // of the line that the rule stands under; 1/3 to 1/2
	RuleGap        = 2.0  // between a line of capitals and its rule, so that the dots below letters stay clear
	SignatureSpace = 72.0 // for the signature and the seal
)

// NationLine and Motto as the decree prints them.
const (
	NationLine = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	Motto      = "Độc lập - Tự do - Hạnh phúc"
)

// Red is the ink of stamps.
var Red = paper.Color{R: 220, G: 20, B: 30}

// StampWidth is how wide the stamp of an urgency is in millimetres, 0 for one the decree does not know; all are 8 mm high.
func StampWidth(urgency string) float64 {
	switch lang.Fold(urgency) {
	case "khan":
		return 20
	case "thuong khan":
		return 40
	case "hoa toc":
		return 30
	case "hoa toc hen gio":
		return 45
	}
	return 0
}

// StampHeight is the height of the stamps of urgency in millimetres.
const StampHeight = 8.0

// page is the sheet of every document.
func page() paper.Page { return paper.A4(MarginTop, MarginBottom, MarginLeft, MarginRight) }
