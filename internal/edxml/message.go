package edxml

import (
	"fmt"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

// Message is one package: a letter or what somebody tells about one; exactly one of the two is set.
type Message struct {
	Letter *Letter
	Report *Report
}

// Organ is an organ as a package names it.
type Organ struct {
	ID        string // 000.00.00.H57, or H57.01 since 2020
	InCharge  string // the superior organ
	Name      string
	Address   string
	Email     string
	Telephone string
	Fax       string
	Website   string
}

// Letter is a letter with its attachments on its way.
type Letter struct {
	From        Organ
	To          []Organ
	Number      string // 1903
	Notation    string // UBND-VH
	Place       string
	Date        clock.Day
	Type        string // the number of the type of document, "18"
	TypeName    string // Công văn
	TypeDetail  string
	Subject     string
	Content     string
	Signer      Signer
	Due         clock.Day
	ToPlaces    []string
	Other       Other
	ResponseFor []Reference
	Steering    Steering
	DocumentID  DocumentID
	Trace       Trace
	Business    Task
	Attachments []Attachment
}

// Signer is who signed: by what authority, in what position.
type Signer struct{ Competence, Position, Name string }

// Other is what the regulation keeps in OtherInfo.
type Other struct {
	Priority   Priority
	Sphere     string // how far it may circulate
	Typer      string // mark of who typed it
	Copies     int
	Pages      int
	Appendices []string
}

// Reference is a letter that this one answers or reports on.
type Reference struct {
	OrganID    string
	Code       string // 1518/KH-STTTT
	Date       clock.Day
	DocumentID DocumentID
}

// Trace is through whose hands the package went.
type Trace struct {
	ID   string
	Hops []Hop
}

// Hop is one organ on the way.
type Hop struct {
	OrganID string
	At      clock.Time
}

// Task is what the package does. For is the letter it recalls, updates or replaces, unless ResponseFor says it.
type Task struct {
	Kind   Business
	Reason string
	Paper  string // "1" when a paper copy follows
	Staff  Staff
	For    DocumentID
}

// Staff is who handled it at the sending organ.
type Staff struct{ Department, Name, Mobile, Email string }

// Attachment is a file of the letter, as it is and not as it travels.
type Attachment struct {
	Name        string
	Type        string // media type
	Description string
	Body        []byte
}

// Report is what a receiver tells about a letter.
type Report struct {
	For    Reference
	From   Organ
	Status Status
	Words  string
	At     clock.Time
	Staff  Staff
}

// DocumentID names a letter across systems: "organ,yyyy/MM/dd,number/notation". Some systems put a UUID there.
type DocumentID string

// NewDocumentID joins the parts.
func NewDocumentID(organ string, date clock.Day, symbol string) DocumentID {
	return DocumentID(organ + "," + slashes(date) + "," + symbol)
}

// Parts returns what the identifier is made of; ok is false when it is made otherwise.
func (d DocumentID) Parts() (organ string, date clock.Day, symbol string, ok bool) {
	parts := strings.SplitN(string(d), ",", 3)
	if len(parts) != 3 {
		return "", "", "", false
	}
	organ, symbol = strings.TrimSpace(parts[0]), strings.TrimSpace(parts[2])
	date, _, err := parseDay(parts[1])
	return organ, date, symbol, err == nil && organ != "" && symbol != ""
}

// Symbol is how the letter is cited.
func (l Letter) Symbol() string {
	if l.Number == "" || l.Notation == "" {
		return l.Number + l.Notation
	}
	return l.Number + "/" + l.Notation
}

// Normal returns the letter as Write puts it: texts without stray spaces in one Unicode form, the parts that follow from
// others filled in. Read(Write(l)) is l.Normal().
func (l Letter) Normal() Letter {
	l.From = l.From.normal()
	to := make([]Organ, 0, len(l.To))
	for _, o := range l.To {
		o = o.normal()
		o = Organ{ID: o.ID, InCharge: o.InCharge, Name: o.Name} // a receiver is named by no more
		if o != (Organ{}) {
			to = append(to, o)
		}
	}
	l.To = to
	clean(&l.Number, &l.Notation, &l.Place, &l.TypeName, &l.TypeDetail, &l.Subject, &l.Type)
	l.Content = lines(l.Content)
	if l.TypeName == "" {
		l.TypeName = TypeName(l.Type)
	}
	if l.Type == "" {
		l.Type = TypeNumber(l.TypeName)
	}
	if l.TypeDetail == "" {
		l.TypeDetail = "0"
	}
	clean(&l.Signer.Competence, &l.Signer.Position, &l.Signer.Name)
	l.ToPlaces = cleanAll(l.ToPlaces)
	l.Other.normal()
	refs := make([]Reference, 0, len(l.ResponseFor))
	for _, r := range l.ResponseFor {
		if r = r.normal(); r != (Reference{}) {
			refs = append(refs, r)
		}
	}
	l.ResponseFor = refs
	cleanCode(&l.Steering, SteeringUnsaid)
	if cleanCode(&l.DocumentID, ""); l.DocumentID == "" {
		l.DocumentID = NewDocumentID(l.From.ID, l.Date, l.Symbol())
	}
	clean(&l.Trace.ID)
	hops := make([]Hop, 0, len(l.Trace.Hops))
	for _, h := range l.Trace.Hops {
		clean(&h.OrganID)
		if h.At = toSecond(h.At); h != (Hop{}) {
			hops = append(hops, h)
		}
	}
	l.Trace.Hops = hops
	l.Business.normal()
	files := make([]Attachment, 0, len(l.Attachments))
	for i, a := range l.Attachments {
		files = append(files, a.normal(i))
	}
	l.Attachments = files
	return l
}

// Normal returns the report as Write puts it.
func (r Report) Normal() Report {
	r.For, r.From = r.For.normal(), r.From.normal()
	r.From = Organ{ID: r.From.ID, Name: r.From.Name}
	cleanCode(&r.Status, "")
	r.Words, r.At = lines(r.Words), toSecond(r.At)
	r.Staff.normal()
	return r
}

func (o Organ) normal() Organ {
	clean(&o.ID, &o.InCharge, &o.Name, &o.Address, &o.Email, &o.Telephone, &o.Fax, &o.Website)
	return o
}

func (o *Other) normal() {
	cleanCode(&o.Priority, PriorityOrdinary)
	clean(&o.Sphere, &o.Typer)
	o.Copies, o.Pages = max(0, o.Copies), max(0, o.Pages)
	o.Appendices = cleanAll(o.Appendices)
}

func (r Reference) normal() Reference {
	clean(&r.OrganID, &r.Code)
	cleanCode(&r.DocumentID, "")
	return r
}

func (t *Task) normal() {
	cleanCode(&t.Kind, BusinessNew)
	clean(&t.Paper)
	t.Reason = lines(t.Reason)
	if t.Paper == "" {
		t.Paper = "0"
	}
	t.Staff.normal()
	cleanCode(&t.For, "")
}

func (s *Staff) normal() { clean(&s.Department, &s.Name, &s.Mobile, &s.Email) }

func (a Attachment) normal(index int) Attachment {
	clean(&a.Type, &a.Description)
	if a.Name = fileName(a.Name); a.Name == "" {
		a.Name = fmt.Sprintf("tep-%d", index+1)
	}
	if a.Type == "" {
		a.Type = "application/octet-stream"
	}
	if a.Body == nil {
		a.Body = []byte{}
	}
	return a
}

// fileName keeps the last part of a name without what a file system or a zip archive would take for something else.
func fileName(s string) string {
	s = line(s)
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > 200 {
		s = string(runes[:200])
	}
	return strings.Trim(s, ". ")
}

func clean(texts ...*string) {
	for _, t := range texts {
		*t = line(*t)
	}
}

// line is one line of text as XML can carry it.
func line(s string) string { return lang.Clean(sayable(s)) }

// lines is a text of several lines as XML can carry it.
func lines(s string) string { return lang.CleanLines(sayable(s)) }

// sayable drops the two characters that neither XML nor anybody has a use for.
func sayable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, s)
}

func cleanCode[T ~string](code *T, otherwise T) {
	if *code = T(line(string(*code))); *code == "" {
		*code = otherwise
	}
}

func cleanAll(texts []string) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		if t = line(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// TypeName returns the name of a type of document by its number, "" for an unknown one.
func TypeName(number string) string {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 || n > len(typeNames) {
		return ""
	}
	return typeNames[n-1]
}

// TypeNumber returns the number of a type of document by its name in any case, "" for one that has none.
func TypeNumber(name string) string {
	folded := lang.Fold(name)
	for i, n := range typeNames {
		if lang.Fold(n) == folded && strings.EqualFold(lang.NFC(n), lang.NFC(strings.TrimSpace(name))) {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
