package publicity_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/publicity"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

func units(t *testing.T) []unit.Unit {
	t.Helper()
	ids := ident.NewSeeded(clock.NewSet(clock.Date(2024, 6, 6, 8, 0).Time), rand.Reader)
	all, _, faults, err := unit.Read(builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}, ids.New)
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	return all
}

// unitsOf are those of these codes, all of them.
func unitsOf(t *testing.T, codes ...string) []unit.Unit {
	t.Helper()
	some := slices.DeleteFunc(units(t), func(u unit.Unit) bool { return !slices.Contains(codes, u.Code) })
	if len(some) != len(codes) {
		t.Fatalf("%d units of %v", len(some), codes)
	}
	return some
}

func contest() challenge.Challenge {
	return challenge.Challenge{
		Title: "Thử thách làm cho thế giới sạch hơn", Slug: "the-gioi-sach-hon-2024",
		Period:       challenge.Days(clock.Date(2024, 6, 2, 0, 0).Time, clock.Date(2024, 6, 30, 0, 0).Time),
		Registration: challenge.Days(clock.Date(2024, 5, 31, 0, 0).Time, clock.Date(2024, 6, 28, 0, 0).Time),
		Divisions: challenge.Divisions{{Code: challenge.Collective, Prizes: []challenge.Prize{
			{Title: "Giải Nhất", Count: 1, Amount: 3_000_000}, {Title: "Giải Nhì", Count: 2, Amount: 2_000_000},
		}}},
	}
}

func matter(u unit.Unit) publicity.Matter {
	c := contest()
	m := publicity.Matter{
		Campaign: publicity.Suggest(c, "owner"), Challenge: c, Unit: u, Organiser: "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế",
		Basis:         "Công văn số 1903/UBND-VH của Ủy ban nhân dân thị xã Hương Trà",
		Numbers:       publicity.Numbers{Entrants: 12, Cleanups: 5, Planned: 7, People: 1234, Grams: 5_678_900, AsOf: clock.Date(2024, 6, 12, 9, 0)},
		Now:           clock.Date(2024, 6, 12, 9, 30),
		ChallengePage: "https://sachhon.example.vn/cuoc-thi/the-gioi-sach-hon-2024", ArticlePage: "https://sachhon.example.vn/cuoc-thi/the-gioi-sach-hon-2024/tin/" + u.Code,
	}
	m.Campaign.Contact, m.Campaign.Phone = "Phòng Văn hóa và Thông tin", "0234 3557 123"
	return m
}

// shapes are the matters that differ most: much and little to say, before and after, with and without numbers.
func shapes(u unit.Unit) map[string]publicity.Matter {
	full := matter(u)
	bare := matter(u)
	bare.Basis, bare.Numbers, bare.Campaign.Contact, bare.Campaign.Phone = "", publicity.Numbers{}, "", ""
	bare.Campaign.Facts, bare.Campaign.Message, bare.Campaign.Hashtags = nil, "Giữ sạch.", nil
	over := matter(u)
	over.Now = clock.Date(2024, 7, 20, 8, 0)
	overBare := bare
	overBare.Now = over.Now
	heavy := matter(u)
	heavy.Campaign.Message = strings.Repeat("Mỗi người một việc nhỏ ", 13)
	for len(heavy.Campaign.Facts) < 6 {
		heavy.Campaign.Facts = append(heavy.Campaign.Facts, strings.Repeat("điều cần biết thứ 5 ", 8))
	}
	return map[string]publicity.Matter{"full": full, "bare": bare, "over": over, "over and bare": overBare, "heavy": heavy}
}

func TestEveryUnitSaysItInItsOwnName(t *testing.T) {
	for _, u := range units(t) {
		for name, m := range shapes(u) {
			for _, p := range publicity.Products() {
				texts := publicity.Draft(p, m)
				all := ""
				for _, part := range p.Parts() {
					text := texts[part.Name]
					all += text + "\n"
					if text == "" || utf8.RuneCountInString(text) > part.Limit {
						t.Errorf("%s, %s, %s.%s: %d letters of %d", u.FullName, name, p, part.Name, utf8.RuneCountInString(text), part.Limit)
					}
					if !norm.NFC.IsNormalString(text) || strings.Contains(text, "  ") {
						t.Errorf("%s, %s, %s.%s: %q", u.FullName, name, p, part.Name, text)
					}
				}
				if strings.Contains(all, "chưa có") {
					t.Errorf("%s, %s: %s shames who lives there:\n%s", u.FullName, name, p, all)
				}
				own := spoken.Text(u.Lower())
				if p != publicity.Sheet && !strings.Contains(strings.ToLower(spoken.Text(all)), strings.ToLower(own)) {
					t.Errorf("%s, %s: %s does not name the unit:\n%s", u.FullName, name, p, all)
				}
			}
			script := publicity.Draft(publicity.Bulletin, m)["script"]
			if n := spoken.Syllables(script); n < 150 || n > 300 || publicity.LeastWords != 150 || publicity.MostWords != 300 {
				t.Errorf("%s, %s: a bulletin of %d words:\n%s", u.FullName, name, n, script)
			}
			if strings.ContainsFunc(script, unicode.IsDigit) || spoken.Text(script) != script {
				t.Errorf("%s, %s: the script is not in words:\n%s", u.FullName, name, script)
			}
			sms := publicity.Draft(publicity.Message, m)["sms"]
			if got := publicity.Measure(sms); got.Unicode || got.Parts != 1 || !strings.Contains(sms, m.ChallengePage) {
				t.Errorf("%s, %s: %+v %q", u.FullName, name, got, sms)
			}
		}
	}
}

func TestTheNumbersAreToldWithTheirDate(t *testing.T) {
	for _, u := range units(t) {
		if u.Code != "19996" {
			continue
		}
		article := publicity.Draft(publicity.Article, matter(u))
		for _, want := range []string{"Tính đến ngày 12/6/2024", "12 tập thể, cá nhân", "5 buổi ra quân", "1.234 lượt người", "5.678 kg"} {
			if !strings.Contains(article["body"], want) {
				t.Errorf("%q is missing in\n%s", want, article["body"])
			}
		}
		script := publicity.Draft(publicity.Bulletin, matter(u))["script"]
		for _, want := range []string{"phường Tứ Hạ", "mồng hai tháng sáu", "năm nghìn sáu trăm bảy mươi tám ki lô gam", "một nghìn chín trăm linh ba, Ủy ban nhân dân, vê hát", "không hai ba bốn"} {
			if !strings.Contains(script, want) {
				t.Errorf("%q is missing in\n%s", want, script)
			}
		}
		return
	}
	t.Fatal("no ward")
}

func TestMeasure(t *testing.T) {
	for _, tt := range []struct {
		text string
		want publicity.SMS
	}{
		{"", publicity.SMS{Left: 160}},
		{"Xin chao", publicity.SMS{Units: 8, Parts: 1, Left: 152}},
		{strings.Repeat("a", 160), publicity.SMS{Units: 160, Parts: 1}},
		{strings.Repeat("a", 161), publicity.SMS{Units: 161, Parts: 2, Left: 145}},
		{"[a]", publicity.SMS{Units: 5, Parts: 1, Left: 155}},
		{"Xin chào", publicity.SMS{Units: 8, Parts: 1, Left: 152}}, // à is of the old alphabet
		{"Huế", publicity.SMS{Unicode: true, Units: 3, Parts: 1, Left: 67}},
		{strings.Repeat("ế", 71), publicity.SMS{Unicode: true, Units: 71, Parts: 2, Left: 63}},
		{"🌿", publicity.SMS{Unicode: true, Units: 2, Parts: 1, Left: 68}},
	} {
		if got := publicity.Measure(tt.text); got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.text, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		m := publicity.Measure(text)
		one, each := 160, 153
		if m.Unicode {
			one, each = 70, 67
		}
		if m.Left < 0 || (m.Units > 0) != (m.Parts > 0) || m.Parts == 1 && m.Units+m.Left != one || m.Parts > 1 && (m.Units+m.Left != m.Parts*each || m.Units <= one) {
			t.Fatalf("%q: %+v", text, m)
		}
	})
	if got := publicity.Plain("Đội “Sông Hương” – 5 kg…"); got != `Doi "Song Huong" - 5 kg...` {
		t.Errorf("plain: %q", got)
	}
}

func TestSlots(t *testing.T) {
	for text, want := range map[string]string{
		"5:00-6:00, 17:00-18:00": "5:00–6:00 17:00–18:00", "17h – 18h30\n5h - 6h": "5:00–6:00 17:00–18:30", "5 giờ đến 6 giờ 15": "5:00–6:15",
		"": "", "6:00-5:00": "", "5:00": "", "25:00-26:00": "", "5:00-7:00,6:00-8:00": "", "a-b": "",
	} {
		slots, err := publicity.ParseSlots(text)
		got := ""
		for _, s := range slots {
			got = strings.TrimSpace(got + " " + s.String())
		}
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}

func FuzzParseSlots(f *testing.F) {
	f.Add("5:00-6:00, 17h-18h30")
	f.Fuzz(func(t *testing.T, text string) {
		slots, err := publicity.ParseSlots(text)
		if err != nil {
			return
		}
		last := 0
		for _, s := range slots {
			if s.From < last || s.Until <= s.From || s.Until > 24*60 {
				t.Fatalf("%q: %v", text, slots)
			}
			last = s.Until
		}
	})
}
