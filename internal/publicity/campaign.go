package publicity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// Campaign is what a unit wants said about a challenge. Everybody below it says it in their own name.
type Campaign struct {
	ID          ident.ID
	ChallengeID ident.ID
	OwnerID     ident.ID
	Message     string   // why, in one or two sentences
	Facts       []string // what everybody must know, the most important first
	Contact     string   // who answers questions
	Phone       string
	Hashtags    []string // without #
	Priority    string   // of the bulletins that are drafted from it
	First, Last clock.Day
	CreatedBy   ident.ID
	CreatedAt   clock.Time
	UpdatedAt   clock.Time
	Version     int64      // 0 before it is stored
	RemovedAt   clock.Time // when the unit took it back; it speaks to nobody since
	RemovedBy   ident.ID
	Reason      string // why it was taken back
}

// Suggested tells whether nobody has written it: it is what the challenge says of itself.
func (c Campaign) Suggested() bool { return c.Version == 0 }

// Removed tells whether the unit took it back.
func (c Campaign) Removed() bool { return !c.RemovedAt.IsZero() }

// same tells whether both say the same and are in force alike.
func (c Campaign) same(o Campaign) bool {
	return c.Message == o.Message && slices.Equal(c.Facts, o.Facts) && c.Contact == o.Contact && c.Phone == o.Phone &&
		slices.Equal(c.Hashtags, o.Hashtags) && c.Priority == o.Priority && c.First == o.First && c.Last == o.Last && c.Removed() == o.Removed()
}

// Limits of a campaign: what is drafted from it must fit a bulletin of 300 words and a sheet that is read from two metres.
const (
	maxMessage  = 300
	maxFacts    = 6
	maxFact     = 160
	maxContact  = 120
	maxHashtags = 6
	maxReason   = 500
)

func (c *Campaign) tidy() {
	c.Message, c.Contact, c.Phone = lang.Clean(c.Message), lang.Clean(c.Contact), lang.Clean(c.Phone)
	var facts, tags []string
	for _, f := range c.Facts {
		if f = strings.TrimSpace(strings.TrimLeft(lang.Clean(f), "-–+•*")); f != "" {
			facts = append(facts, f)
		}
	}
	for _, t := range c.Hashtags {
		if t = strings.TrimLeft(strings.ReplaceAll(lang.Clean(t), " ", ""), "#"); t != "" {
			tags = append(tags, t)
		}
	}
	c.Facts, c.Hashtags = facts, tags
}

func (c *Campaign) check() error {
	var bad fault.Fields
	if c.Message == "" {
		bad.Add("message", "publicity.fault.messageMissing")
	}
	long := func(field, text string, limit int) {
		if utf8.RuneCountInString(text) > limit {
			bad.Add(field, "publicity.fault.long", "Limit", limit)
		}
	}
	long("message", c.Message, maxMessage)
	long("contact", c.Contact, maxContact)
	if len(c.Facts) > maxFacts {
		bad.Add("facts", "publicity.fault.many", "Limit", maxFacts)
	}
	for _, f := range c.Facts {
		long("facts", f, maxFact)
	}
	if len(c.Hashtags) > maxHashtags {
		bad.Add("hashtags", "publicity.fault.many", "Limit", maxHashtags)
	}
	for _, t := range c.Hashtags {
		long("hashtags", t, 40)
	}
	if c.Phone != "" {
		if phone, err := lang.ParsePhone(c.Phone); err == nil {
			c.Phone = lang.FormatPhone(phone)
		} else if strings.Trim(c.Phone, "0123456789 .-") != "" || len(c.Phone) > 16 { // hotlines have numbers of their own
			bad.Add("phone", "publicity.fault.phone")
		}
	}
	if !slices.Contains(Priorities(), c.Priority) {
		bad.Add("priority", "publicity.fault.priority")
	}
	switch {
	case c.First.Start().IsZero() || c.Last.Start().IsZero():
		bad.Add("first", "publicity.fault.days")
	case c.Last < c.First:
		bad.Add("last", "publicity.fault.daysOrder")
	}
	return bad.Err()
}

// Suggest proposes a campaign from what the challenge says of itself: a form that needs little typing.
func Suggest(c challenge.Challenge, owner ident.ID) Campaign {
	vi := lang.New("vi")
	s := Campaign{
		ChallengeID: c.ID, OwnerID: owner,
		Message:  "Mỗi người một việc nhỏ: ra quân thu gom, phân loại rác và giữ cho nơi mình sống sạch hơn mỗi ngày.",
		Hashtags: []string{"SachHon", "ChuNhatXanh"}, Priority: Ordinary,
		First: clock.DayOf(c.Period.From.Time), Last: clock.DayOf(c.Period.LastDay().Time),
	}
	s.Facts = append(s.Facts, "Thời gian ra quân: từ ngày "+vi.Date(c.Period.From)+" đến hết ngày "+vi.Date(c.Period.LastDay()))
	if !c.Registration.Until.IsZero() {
		s.Facts = append(s.Facts, "Đăng ký đến hết ngày "+vi.Date(c.Registration.LastDay())+", tập thể hoặc cá nhân, miễn phí")
	}
	s.Facts = append(s.Facts, "Mỗi lần ra quân: chụp ảnh trước và sau, cân rác theo từng loại rồi gửi kết quả")
	prizes, total := 0, int64(0)
	for _, d := range c.Divisions {
		for _, p := range d.Prizes {
			prizes += p.Count
		}
		total += d.Total()
	}
	if prizes > 0 {
		s.Facts = append(s.Facts, vi.Number(prizes)+" giải thưởng, tổng trị giá "+vi.Money(total))
	}
	return s
}

// Product is one of the five things a package holds.
type Product string

// The products.
const (
	Article  Product = "article"
	Sheet    Product = "sheet"
	Meeting  Product = "meeting"
	Bulletin Product = "bulletin"
	Message  Product = "message"
)

// Products lists all products in the order in which a unit meets them.
func Products() []Product { return []Product{Bulletin, Sheet, Meeting, Article, Message} }

// Valid tells whether p is one of the five.
func (p Product) Valid() bool { return p.Parts() != nil }

// Channels are the channels of publicity that the product serves; the first is what it is confirmed as.
func (p Product) Channels() []letter.Channel {
	switch p {
	case Article:
		return []letter.Channel{letter.Portal}
	case Sheet:
		return []letter.Channel{letter.NoticeBoard, letter.Print}
	case Meeting:
		return []letter.Channel{letter.Meeting}
	case Bulletin:
		return []letter.Channel{letter.Loudspeaker}
	case Message:
		return []letter.Channel{letter.Social, letter.SMS}
	}
	return nil
}

// Part is one text of a product.
type Part struct {
	Name  string
	Lines int // of its input; 1 is a single line
	Limit int // letters
}

// Parts are the texts of a product; nil for what is none.
func (p Product) Parts() []Part {
	switch p {
	case Article:
		return []Part{{"title", 1, 120}, {"lead", 3, 400}, {"body", 14, 6000}}
	case Sheet:
		return []Part{{"headline", 1, 80}, {"lead", 3, 300}, {"points", 5, 700}, {"call", 1, 80}}
	case Meeting:
		return []Part{{"agenda", 1, 160}, {"points", 9, 2000}, {"conclusion", 4, 800}}
	case Bulletin:
		return []Part{{"script", 16, 4000}, {"priority", 1, 10}}
	case Message:
		return []Part{{"sms", 3, 480}, {"zalo", 8, 2000}, {"facebook", 10, 5000}}
	}
	return nil
}

// Texts are the parts of a product by name.
type Texts map[string]string

// The priorities of Circular 39/2020, from low to high.
const (
	Ordinary = "thuong"
	Priority = "uutien"
	Urgent   = "khan"
)

// Priorities lists them, the lowest first.
func Priorities() []string { return []string{Ordinary, Priority, Urgent} }

// The lengths of a bulletin, in words as they are said.
const (
	LeastWords = 150
	MostWords  = 300
)
