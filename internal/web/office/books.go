package office

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// outgoingName is that of the outgoing register in addresses.
const outgoingName = "di"

// bookPage is how many lines a register shows on a page.
const bookPage = 50

// maxSkip keeps what an address asks to leave out within reason.
const maxSkip = 10_000_000

// book is a register with the columns of Appendix IV, ready for the screen, a sheet and paper.
type book struct {
	Name    string // "di", "den", "giai-quyet"
	Title   string
	Unit    unit.Unit
	Columns []string
	Lead    int // which column names the line
	Lines   []bookLine
	Total   int
}

// The lines of a register that are read at once for a file, and those that a file holds at most: more is more than paper and
// spreadsheets of the office take.
var (
	fileChunk = letter.MaxBook
	fileLines = 50_000
)

// whole fills a register with all its lines, as many as a file holds.
func (fill source) whole(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error) {
	f.Skip, f.Limit = 0, fileChunk
	all, err := fill(ctx, u, f)
	for err == nil && len(all.Lines) < min(all.Total, fileLines) {
		var more book
		f.Skip = len(all.Lines)
		if more, err = fill(ctx, u, f); len(more.Lines) == 0 {
			break
		}
		all.Lines = append(all.Lines, more.Lines...)
	}
	all.Lines = all.Lines[:min(len(all.Lines), fileLines)]
	return all, err
}

// cut says that a file does not hold all lines, and how to get the others; "" when it does.
func (b book) cut(ctx context.Context) string {
	if len(b.Lines) >= b.Total {
		return ""
	}
	return ui.T(ctx, "office.book.cut", "Shown", len(b.Lines), "Total", b.Total)
}

type bookLine struct {
	URL   string
	Cells []string
	Do    ui.Link // on the screen only: what is to be recorded about the line, named by its symbol
}

// The columns of the three registers, by their keys.
var (
	outgoingColumns = []string{"symbol", "date", "abstract", "signer", "recipients", "keeper", "copies", "sent", "receipt", "note"}
	incomingColumns = []string{"arrivedOn", "arrivalNumber", "author", "symbol", "docDate", "abstract", "unit", "handed", "receipt", "note"}
	followColumns   = []string{"arrivalNumber", "document", "unit", "deadline", "progress", "answer", "note"}
)

func columnsOf(ctx context.Context, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = ui.T(ctx, "office.column."+k)
	}
	return out
}

// bookView is a register on screen.
type bookView struct {
	Book   book
	Tabs   []ui.Tab
	Action string
	Clear  string
	Unit   string // the unit's identifier
	Words  ui.Field
	Year   ui.Field
	Years  []ui.Option
	From   ui.Field
	To     ui.Field
	XLSX   string
	PDF    string
	Pager  ui.PagerProps
	Errors []ui.FieldError
	Lead   string
	Gaps   string // the numbers that no letter bears, "" when there are none
	Empty  string // what to do when no line is found
}

// source fills a register with the lines that a filter finds.
type source func(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error)

func (p *pages) outgoing(w http.ResponseWriter, r *http.Request) error {
	return p.showBook(w, r, outgoingName, p.outgoingBook)
}

func (p *pages) incoming(w http.ResponseWriter, r *http.Request) error {
	return p.showBook(w, r, "den", p.incomingBook)
}

func (p *pages) followUp(w http.ResponseWriter, r *http.Request) error {
	return p.showBook(w, r, "giai-quyet", p.followBook)
}

// showBook answers with the register as page, sheet or paper.
func (p *pages) showBook(w http.ResponseWriter, r *http.Request, name string, fill source) error {
	ctx := r.Context()
	f := form.Query(r)
	u, err := p.unitOf(ctx, f.Value("don-vi"))
	if err != nil {
		return err
	}
	now := p.Clock.Now().In(clock.Zone)
	filter := letter.BookFilter{Year: now.Year(), Words: f.Text("tim"), From: f.Day("tu"), To: f.Day("den")}
	if f.Has("nam") {
		if filter.Year = f.Int("nam"); filter.Year < 1945 || filter.Year > 9998 {
			filter.Year = now.Year()
		}
	}
	if len([]rune(filter.Words)) > 200 {
		return fault.Invalid.With("office.fault.search")
	}
	form := f.Value("dang")
	if form == "" {
		filter.Limit, filter.Skip = bookPage, max(0, min(f.Int("bo-qua"), maxSkip))
	} else {
		fill = fill.whole
	}
	b, err := fill(ctx, u, filter)
	if err != nil {
		return err
	}
	b.Name, b.Unit = name, u
	switch form {
	case "xlsx":
		return sendBook(w, r, b, filter, ".xlsx", sheet.MediaType, bookSheet, clock.At(p.Clock.Now()))
	case "pdf":
		return sendBook(w, r, b, filter, ".pdf", typePDF, bookPaper, clock.At(p.Clock.Now()))
	}
	page := p.page(r, b.Title, ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(u.ID)})
	page.Path = r.URL.RequestURI()
	v := viewBook(ctx, b, f, filter, now.Year())
	if name == outgoingName {
		missing, err := p.Letters.Missing(ctx, web.ActorOf(ctx), u.ID, filter.Year)
		if err != nil {
			return err
		}
		v.Gaps = gapsText(missing)
	}
	return web.Render(w, r, web.StatusOf(f.Err()), bookPageOf(page, v))
}

// maxGaps is how many ranges of numbers are named.
const maxGaps = 20

// gapsText names ranges of numbers: "1904–1929, 1931", of the Party's with their type: "CV 2–3".
func gapsText(missing []letter.Numbers) string {
	var parts []string
	for _, n := range missing[:min(maxGaps, len(missing))] {
		part := strings.TrimSpace(n.Series + " " + strconv.FormatInt(n.First, 10))
		if n.Last > n.First {
			part += "–" + strconv.FormatInt(n.Last, 10)
		}
		parts = append(parts, part)
	}
	if len(missing) > maxGaps {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}

func viewBook(ctx context.Context, b book, f *form.Form, filter letter.BookFilter, year int) bookView {
	base := bookURL(b.Name, b.Unit.ID)
	query := url.Values{"don-vi": {string(b.Unit.ID)}, "nam": {strconv.Itoa(filter.Year)}}
	for _, name := range []string{"tim", "tu", "den"} {
		if f.Has(name) {
			query.Set(name, f.Value(name))
		}
	}
	with := func(name, value string) string {
		q := url.Values{}
		for k, v := range query {
			q[k] = v
		}
		q.Set(name, value)
		return booksPath + "/" + b.Name + "?" + q.Encode()
	}
	f.Set("nam", strconv.Itoa(filter.Year))
	v := bookView{
		Book: b, Action: booksPath + "/" + b.Name, Clear: base, Unit: string(b.Unit.ID), XLSX: with("dang", "xlsx"), PDF: with("dang", "pdf"), Errors: f.Errors(ctx),
		Empty: ui.T(ctx, "office.book.emptyText"),
		Words: f.Field(ctx, ui.Field{Name: "tim", Label: ui.T(ctx, "office.book.words"), Required: true}),
		Year:  f.Field(ctx, ui.Field{Name: "nam", Label: ui.T(ctx, "office.book.year"), Required: true}),
		From:  f.Field(ctx, ui.Field{Name: "tu", Label: ui.T(ctx, "office.book.from"), Required: true}),
		To:    f.Field(ctx, ui.Field{Name: "den", Label: ui.T(ctx, "office.book.to"), Required: true}),
	}
	if b.Name == "sao" {
		v.Lead, v.Empty = ui.T(ctx, "office.copy.lead"), ui.T(ctx, "office.copy.emptyText")
	}
	first := min(year, filter.Year)
	for y := max(year, filter.Year); y >= first-4; y-- {
		v.Years = append(v.Years, ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	for _, name := range []string{"di", "den", "giai-quyet", "sao"} {
		v.Tabs = append(v.Tabs, ui.Tab{Text: ui.T(ctx, "office.book."+bookKeys[name]), URL: bookURL(name, b.Unit.ID), Current: name == b.Name})
	}
	if filter.Skip > 0 {
		v.Pager.Previous = with("bo-qua", strconv.Itoa(max(0, filter.Skip-bookPage)))
	}
	if filter.Skip+len(b.Lines) < b.Total {
		v.Pager.Next = with("bo-qua", strconv.Itoa(filter.Skip+bookPage))
	}
	if len(b.Lines) > 0 {
		v.Pager.Shown = ui.T(ctx, "office.book.shown", "From", filter.Skip+1, "To", filter.Skip+len(b.Lines), "Total", b.Total)
	}
	return v
}

func sendBook(w http.ResponseWriter, r *http.Request, b book, f letter.BookFilter, suffix, kind string,
	write func(context.Context, *bytes.Buffer, book, letter.BookFilter, clock.Time) error, now clock.Time,
) error {
	var buf bytes.Buffer
	if err := write(r.Context(), &buf, b, f, now); err != nil {
		return err
	}
	return send(w, r, bytes.NewReader(buf.Bytes()), "so-"+b.Name+"-"+strconv.Itoa(f.Year)+suffix, kind, now)
}
