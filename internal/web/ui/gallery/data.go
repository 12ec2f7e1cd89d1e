package gallery

import (
	"context"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/web/ui"
)

// now is the day on which the gallery always plays.
var now = clock.Date(2024, time.June, 30, 17, 0)

func openingFrame(ctx context.Context) ui.Page {
	p := Frame(ctx, "")
	p.Bleed = true
	p.Notice = say(ctx, "Đây là bản trình diễn: các đối tượng dự thi là giả lập, chỉ các số tổng là số đã công bố.",
		"This is a demo: entrants are synthetic, only the totals are the published ones.")
	p.Demo = &ui.DemoBar{Now: now, People: []ui.DemoPerson{
		{Value: "clerk", Text: say(ctx, "Văn thư", "Clerk")},
		{Value: "team", Text: say(ctx, "Đội trưởng", "Team leader"), Current: true},
		{Value: "board", Text: say(ctx, "Ban tổ chức", "Board")},
	}}
	p.Person = &ui.Person{
		Name: "Lê Thị Minh An", Role: say(ctx, "Đại diện Đội Thanh niên sông Bồ", "Representative of the Bồ River youth team"),
		Links: []ui.Link{{Text: say(ctx, "Báo cáo của đội", "Reports of the team"), URL: "#reports"}}, SignOut: "/sign-out",
	}
	return p
}

func officialFrame(ctx context.Context) ui.Page {
	p := Frame(ctx, say(ctx, "Công văn 1903/UBND-VH", "Letter 1903/UBND-VH"))
	p.Tone = ui.ToneOfficial
	p.Section = "inbox"
	p.Nav = []ui.NavItem{
		{Section: "inbox", Text: say(ctx, "Văn bản đến", "Inbox"), URL: "#main", Count: 3},
		{Section: "outbox", Text: say(ctx, "Văn bản đi", "Outbox"), URL: "#main"},
		{Section: "units", Text: say(ctx, "Đơn vị trực thuộc", "Subordinate units"), URL: "#main"},
	}
	p.Crumbs = []ui.Link{{Text: say(ctx, "Văn bản đến", "Inbox"), URL: "#main"}}
	return p
}

func cleanupFrame(ctx context.Context) ui.Page {
	p := Frame(ctx, say(ctx, "Dọn bờ sông Bồ đoạn qua Tứ Hạ", "Cleaning the bank of the Bồ at Tứ Hạ"))
	p.Section = "cleanups"
	p.Crumbs = []ui.Link{{Text: say(ctx, "Ra quân", "Clean-ups"), URL: "#main"}}
	return p
}

func mapFrame(ctx context.Context) ui.Page {
	p := Frame(ctx, say(ctx, "Bản đồ ra quân", "Map of clean-ups"))
	p.Section = "cleanups"
	p.Scripts = []ui.Script{ui.ScriptMap}
	return p
}

func keyFigures(ctx context.Context) []ui.StatProps {
	return []ui.StatProps{
		{Value: ui.Number(ctx, 119), Unit: say(ctx, "đăng ký", "registrations"), Label: say(ctx, "Đối tượng dự thi", "Entrants"), Note: say(ctx, "64 tập thể, 55 cá nhân", "64 collectives, 55 individuals")},
		{Value: ui.Number(ctx, 65), Unit: say(ctx, "sự kiện", "events"), Label: say(ctx, "Ra quân hợp lệ", "Valid clean-ups"), Note: say(ctx, "trên 84 sự kiện", "out of 84")},
		{Value: ui.Number(ctx, 2812), Unit: say(ctx, "người", "people"), Label: say(ctx, "Lượt tham gia", "Took part")},
		{Value: ui.Number(ctx, 213), Unit: say(ctx, "tấn", "tonnes"), Label: say(ctx, "Rác đã thu gom", "Waste collected")},
	}
}

func cards(ctx context.Context) []ui.CleanupCardProps {
	photo := func(name, alt string) ui.Photo {
		return ui.Photo{URL: "/sample/" + name + ".jpg", Alt: alt, Width: 960, Height: 720}
	}
	return []ui.CleanupCardProps{
		{Title: say(ctx, "Dọn bờ sông Bồ đoạn qua Tứ Hạ", "Cleaning the bank of the Bồ at Tứ Hạ"), URL: "#1", Photo: photo("river-after", say(ctx, "Bờ sông sau khi dọn", "The bank after the clean-up")), Place: "Phường Tứ Hạ", Entrant: "Đội Thanh niên sông Bồ", Start: clock.Date(2024, time.June, 16, 6, 30), Status: ui.StatusOf(ctx, ui.FamilyReport, "valid"), People: say(ctx, "42 người", "42 people"), Weight: ui.Weight(ctx, 1_284_500)},
		{Title: say(ctx, "Sáng Chủ nhật xanh ở phá Tam Giang", "Green Sunday morning on the Tam Giang lagoon"), URL: "#2", Photo: photo("beach-after", say(ctx, "Bãi cát sạch", "A clean beach")), Place: "Huyện Quảng Điền", Entrant: "Chi đoàn Trường THCS Đầm Phá", Start: clock.Date(2024, time.June, 23, 6, 0), Status: ui.StatusOf(ctx, ui.FamilyReport, "submitted"), People: say(ctx, "68 người", "68 people"), Weight: ui.Weight(ctx, 342_000)},
		{Title: say(ctx, "Làm sạch kênh nội đồng Hương Toàn", "Clearing the field canals of Hương Toàn"), URL: "#3", Place: "Xã Hương Toàn", Entrant: "Hội Nông dân xã Hương Toàn", Start: clock.Date(2024, time.July, 2, 6, 0), Status: ui.StatusOf(ctx, ui.FamilyCleanup, "announced"), People: say(ctx, "25 người đã hẹn", "25 people expected")},
	}
}

func standings(ctx context.Context) []ui.StandingRow {
	rows := []ui.StandingRow{
		{Rank: 1, Name: "Đội Thanh niên sông Bồ", URL: "#1", Unit: "Phường Tứ Hạ, thị xã Hương Trà", Points: ui.Number(ctx, 3284), Weight: ui.Weight(ctx, 12_400_000), Events: ui.Number(ctx, 4), Prize: say(ctx, "Giải Nhất · ", "First prize · ") + ui.Money(ctx, 3_000_000)},
		{Rank: 2, Name: "Hội Liên hiệp Phụ nữ xã Hương Toàn", URL: "#2", Unit: "Xã Hương Toàn, thị xã Hương Trà", Points: ui.Number(ctx, 2970), Weight: ui.Weight(ctx, 9_812_500), Events: ui.Number(ctx, 3), Prize: say(ctx, "Giải Nhì · ", "Second prize · ") + ui.Money(ctx, 2_000_000)},
		{Rank: 3, Name: "Chi đoàn Trường THCS Đầm Phá", URL: "#3", Unit: "Huyện Quảng Điền", Points: ui.Number(ctx, 2655), Weight: ui.Weight(ctx, 3_420_000), Events: ui.Number(ctx, 5), Tied: true},
		{Rank: 4, Name: "Câu lạc bộ Biển xanh Thuận An", URL: "#4", Unit: "Thành phố Huế", Points: ui.Number(ctx, 2655), Weight: ui.Weight(ctx, 2_950_000), Events: ui.Number(ctx, 3), Tied: true, Mine: true},
		{Rank: 5, Name: "Tổ dân phố 7", URL: "#5", Unit: "Phường Hương Xuân, thị xã Hương Trà", Points: ui.Number(ctx, 1810), Weight: ui.Weight(ctx, 1_105_000), Events: ui.Number(ctx, 2)},
	}
	return rows
}

// waste holds the published kilograms per type in the order of the palette.
func waste(ctx context.Context) []ui.Datum {
	d := func(vi, en string, kg int64, color int) ui.Datum {
		return ui.Datum{Label: say(ctx, vi, en), Value: kg, Text: ui.Weight(ctx, kg*1000), Color: color}
	}
	return []ui.Datum{
		d("Xây dựng", "Construction", 80269, 4), d("Khác", "Other", 80000, 8), d("Hữu cơ", "Organic", 51887, 1), d("Nhựa", "Plastic", 375, 2),
		d("Giấy", "Paper", 255, 5), d("Thủy tinh", "Glass", 183, 6), d("Kim loại", "Metal", 37, 3), d("Nguy hại", "Hazardous", 17, 7),
	}
}

func days(ctx context.Context) []ui.Point {
	counts := []int64{0, 12, 31, 18, 44, 96, 210, 58, 71, 66, 102, 120, 188, 342, 96, 80, 74, 121, 133, 201, 296, 88, 60, 92, 140}
	out := make([]ui.Point, len(counts))
	for i, n := range counts {
		day := clock.Date(2024, time.June, 6+i, 0, 0)
		out[i] = ui.Point{Label: day.Local().Format("2/1"), Value: n, Text: ui.Number(ctx, n) + say(ctx, " người", " people")}
	}
	return out
}

func letterLines() []string {
	return []string{
		"ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"THỊ XÃ HƯƠNG TRÀ             Độc lập - Tự do - Hạnh phúc",
		"Số: 1903/UBND-VH        Hương Trà, ngày 06 tháng 6 năm 2024",
		"V/v hưởng ứng Thử thách làm cho thế giới sạch hơn",
		"",
		"Kính gửi:",
		"- Các cơ quan, đoàn thể thị xã;",
		"- UBND các xã, phường.",
		"",
		"Thực hiện Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024, UBND thị xã đề nghị:",
		"1. Tuyên truyền trên trang thông tin điện tử, bảng tin nội bộ, các cuộc họp và hệ thống truyền thanh.",
		"2. Tạo điều kiện để tham gia; thường xuyên chỉ đạo, đôn đốc.",
	}
}

func letterFields(ctx context.Context) []ui.LetterField {
	return []ui.LetterField{
		{Label: say(ctx, "Số, ký hiệu", "Number and symbol"), Value: "1903/UBND-VH", First: 3, Last: 3},
		{Label: say(ctx, "Cơ quan ban hành", "Issuing body"), Value: "Ủy ban nhân dân thị xã Hương Trà", First: 1, Last: 2},
		{Label: say(ctx, "Ngày ban hành", "Date"), Value: "06/6/2024", First: 3, Last: 3},
		{Label: say(ctx, "Trích yếu", "Subject"), Value: "hưởng ứng Thử thách làm cho thế giới sạch hơn", First: 4, Last: 4},
		{Label: say(ctx, "Nơi nhận", "Addressees"), Value: "Các cơ quan, đoàn thể thị xã; UBND các xã, phường", First: 7, Last: 8, Doubts: []string{
			say(ctx, "Có thể là một nhóm đơn vị, hãy chọn từng đơn vị.", "This may be a group of units; choose each of them."),
			say(ctx, "Dòng cuối kết thúc bằng dấu chấm phẩy.", "The last line ends with a semicolon."),
		}},
		{Label: say(ctx, "Người ký", "Signer"), Doubts: []string{say(ctx, "Không tìm thấy người ký.", "No signer was found.")}},
	}
}

func events(ctx context.Context) []ui.Event {
	return []ui.Event{
		{Title: say(ctx, "Đã gửi", "Sent"), At: clock.Date(2024, time.June, 6, 14, 5), Who: "UBND thị xã Hương Trà", Icon: ui.IconSend, Tone: ui.BadgeGood},
		{Title: say(ctx, "Đã đến", "Arrived"), At: clock.Date(2024, time.June, 6, 14, 5), Icon: ui.IconArrive, Tone: ui.BadgeGood},
		{Title: say(ctx, "Đã tiếp nhận, số đến 214", "Received under arrival number 214"), At: clock.Date(2024, time.June, 7, 8, 20), Who: "Nguyễn Thị Hoa, văn thư", Icon: ui.IconLetter, Tone: ui.BadgeGood},
		{Title: say(ctx, "Đã phân công", "Assigned"), At: clock.Date(2024, time.June, 7, 10, 0), Who: "Trần Văn Bình, chủ tịch", Text: say(ctx, "Công chức văn hóa chủ trì, Đoàn Thanh niên phối hợp. Hạn 12/6/2024.", "The culture officer leads, the Youth Union cooperates. Deadline 12 June 2024."), Icon: ui.IconPeople, Tone: ui.BadgeOfficial},
		{Title: say(ctx, "Đang xử lý", "In progress"), At: clock.Date(2024, time.June, 8, 7, 30), Text: say(ctx, "Phát thanh ba lần, dán bảng tin.", "Three broadcasts, one notice board."), Icon: ui.IconHalf, Tone: ui.BadgeOpen},
		{Title: say(ctx, "Hoàn thành", "Completed"), Icon: ui.IconDone, Ahead: true},
	}
}
