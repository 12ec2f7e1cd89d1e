package letter_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// writers is how many people register at the same moment.
const writers = 64

// flakyPrinter fails on every third page, which takes the number back.
type flakyPrinter struct {
	sync.Mutex
	pages, failed int
}

var errPaper = errors.New("out of paper")

func (p *flakyPrinter) Print(_ context.Context, doc letter.Document) ([]byte, error) {
	p.Lock()
	defer p.Unlock()
	if p.pages++; p.pages%3 == 0 {
		p.failed++
		return nil, errPaper
	}
	return []byte("%PDF-1.7 " + doc.Symbol()), nil
}

func (p *flakyPrinter) Pages(_ context.Context, file []byte) ([]byte, error) { return file, nil }

func (p *flakyPrinter) PrintCopy(context.Context, letter.Letter, letter.Copy, []byte) ([]byte, error) {
	return []byte("%PDF-1.7 copy"), nil
}

func (p *flakyPrinter) Signatures(context.Context, []byte) ([]letter.Signature, error) {
	return nil, nil
}

// TestNumbersHaveNoGapAndNoDouble: 64 writers at once, half of them with composed letters, half with letters that were
// read in, some of whom fail after their number was drawn, leave 1 to 64 in the register, each once.
func TestNumbersHaveNoGapAndNoDouble(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		ids := make([]letter.Letter, writers)
		for i := range ids {
			var err error
			if i%2 == 0 {
				if ids[i], err = d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Họp dân.")}); err == nil {
					d.Sign(t, ids[i])
				}
			} else {
				ids[i], err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("", "Họp dân.")})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		registerAtOnce(t, d, clerk, ids)
		year := clk.Now().In(clock.Zone).Year()
		var numbers []int
		for y := range 2 { // those read in bear the date of their text, 2024
			lines, n, err := d.Letters.Outgoing(t.Context(), clerk, d.Town.ID, letter.BookFilter{Year: 2024 + y*(year-2024)})
			if err != nil {
				t.Fatal(err)
			}
			if y == 1 && year == 2024 {
				break
			}
			if n != len(lines) {
				t.Errorf("%d lines of %d", len(lines), n)
			}
			for i, l := range lines {
				number, err := strconv.Atoi(l.Fields.Number)
				if err != nil || number != i+1 {
					t.Errorf("line %d bears the number %q", i+1, l.Fields.Number)
				}
				numbers = append(numbers, number)
			}
		}
		if len(numbers) != writers {
			t.Errorf("%d letters stand in the registers, want %d", len(numbers), writers)
		}
	})
}

// TestCopiesHaveTheirOwnSeries: three kinds share one series per unit and year, without gaps under 64 writers who send
// everything twice.
func TestCopiesHaveTheirOwnSeries(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("77", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		if l, _, err = d.Letters.Enter(t.Context(), clerk, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		d.Letters.PrintWith(&flakyPrinter{})
		var wg sync.WaitGroup
		for i := range writers {
			in := letter.CopyInput{
				ID: d.IDs.New(), Unit: d.Town.ID, Letter: l.ID, Kind: letter.CopyKinds()[i%3], Notation: "UBND", Place: "Hương Trà",
				Excerpt: "Họp dân.", Recipients: []string{"Như trên", "Lưu: VT"}, Signer: letter.Signer{Position: "CHÁNH VĂN PHÒNG", Name: "Nguyễn Văn Mẫu"},
			}
			for range 2 {
				wg.Go(func() {
					in := in
					in.Original = strings.NewReader("%PDF-1.7 came")
					if _, err := d.Letters.Copy(t.Context(), clerk, in); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		copies, err := d.Letters.Copies(t.Context(), clerk, d.Town.ID, clk.Now().In(clock.Zone).Year())
		if err != nil {
			t.Fatal(err)
		}
		if len(copies) != writers {
			t.Errorf("%d copies, want %d", len(copies), writers)
		}
		for i, c := range copies {
			if want := fmt.Sprintf("%02d/%s-UBND", i+1, c.Kind); c.Symbol != want || c.FileKey == "" {
				t.Errorf("copy %d is %q, want %q", i, c.Symbol, want)
			}
		}
		ward := d.Unit(t, "19996")
		_, err = d.Letters.Copy(t.Context(), d.Actor(person.Clerk, ward), letter.CopyInput{
			Unit: ward.ID, Letter: l.ID, Kind: letter.TrueCopy, Notation: "UBND", Signer: letter.Signer{Name: "Trần Thị Mẫu"},
		})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a unit copied a letter it never received: %v", err)
		}
	})
}

func TestTheRegisterIsSearchedAndPaged(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		for _, number := range []string{"9", "12", "12a", "100", "2"} {
			duties := []string{"Họp dân về 100% hộ."}
			if number == "100" {
				duties = append(slices.Repeat([]string{strings.Repeat("Dọn sạch bờ sông, bãi biển, đầm phá. ", 10)}, 30), duties[0], "Trồng cây bần chua ven phá.")
			}
			d.Registered(t, lettertest.Text(number, duties...))
		}
		symbols := func(f letter.BookFilter) (out []string, n int) {
			f.Year = 2024
			lines, n, err := d.Letters.Outgoing(t.Context(), clerk, d.Town.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				out = append(out, l.Fields.Number)
			}
			return out, n
		}
		for _, c := range []struct {
			what string
			f    letter.BookFilter
			want []string
			n    int
		}{
			{"all", letter.BookFilter{}, []string{"2", "9", "12", "12a", "100"}, 5},
			{"a page", letter.BookFilter{Skip: 1, Limit: 2}, []string{"9", "12"}, 5},
			{"without accents", letter.BookFilter{Words: "ngay hoi don sach"}, []string{"2", "9", "12", "12a", "100"}, 5},
			{"a word far behind", letter.BookFilter{Words: "bần chua"}, []string{"100"}, 1},
			{"by symbol", letter.BookFilter{Words: "12a/UBND"}, []string{"12a"}, 1},
			{"a sign that means anything elsewhere", letter.BookFilter{Words: "100%"}, []string{"2", "9", "12", "12a", "100"}, 5},
			{"a sign that stands nowhere", letter.BookFilter{Words: "_"}, nil, 0},
			{"later", letter.BookFilter{From: "2024-06-07"}, nil, 0},
			{"on the day", letter.BookFilter{From: "2024-06-06", To: "2024-06-06"}, []string{"2", "9", "12", "12a", "100"}, 5},
		} {
			if got, n := symbols(c.f); !slices.Equal(got, c.want) || n != c.n {
				t.Errorf("%s: %v of %d, want %v of %d", c.what, got, n, c.want, c.n)
			}
		}
	})
}

// registerAtOnce has all letters registered by as many writers, some of which fail when the page is printed and try again.
func registerAtOnce(t *testing.T, d *lettertest.Desk, clerk person.Actor, letters []letter.Letter) {
	t.Helper()
	printer := &flakyPrinter{}
	d.Letters.PrintWith(printer)
	var wg sync.WaitGroup
	start := make(chan struct{})
	for _, l := range letters {
		wg.Go(func() {
			<-start
			for {
				_, err := d.Letters.Register(t.Context(), clerk, l.ID)
				if errors.Is(err, errPaper) {
					continue
				}
				if err != nil {
					t.Errorf("register: %v", err)
				}
				return
			}
		})
	}
	close(start)
	wg.Wait()
	if printer.failed == 0 {
		t.Error("nothing was rolled back: the test tried less than it says")
	}
}
