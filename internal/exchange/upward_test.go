package exchange_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/extract"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
)

// upward is a ward here whose town works with another system.
type upward struct {
	*progresstest.World
	Exchange *exchange.Service
	Wire     *wire
	Partner  exchange.Partner
	clerk    person.Actor // of the ward
}

func newUpward(t *testing.T, db *database.DB, clk *clock.Set, codes string) *upward {
	t.Helper()
	w := &upward{World: progresstest.New(t, db, clk), Wire: &wire{}, Partner: exchange.Partner{ID: "doi-tac", Name: "Trục thử", Way: exchange.ByPost}}
	w.Letters.PrintWith(drafting.Printer{})
	w.Exchange = exchange.NewService(exchange.Needs{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
		Progress: w.Progress, Partners: []exchange.Partner{w.Partner}, Ways: map[string]exchange.Transport{"doi-tac": w.Wire},
	})
	_, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader(codes))
	w.Must(err)
	w.clerk = w.Actor(person.Clerk, w.Of("20011"))
	return w
}

func (w *upward) accept(t *testing.T, m edxml.Message) {
	t.Helper()
	a, err := w.Exchange.Accept(t.Context(), w.Partner, packed(t, m))
	if err != nil || a.Code != exchange.OK {
		t.Fatalf("%+v, %v", a, err)
	}
	w.Must(w.Queue.Drain(t.Context()))
}

// asked lets the town write to the ward over the exchange, and returns the letter as it stands here.
func (w *upward) asked(t *testing.T) (letter.Letter, edxml.Letter) {
	t.Helper()
	in := incoming("1903", "000.01.00.H57")
	in.From, in.Notation, in.Date = edxml.Organ{ID: "000.00.00.H57", Name: "UBND thị xã Hương Trà"}, "UBND-VH", "2024-06-05"
	in.DocumentID = "3f0c9d1e-uuid-cua-he-thong-kia"
	w.accept(t, edxml.Message{Letter: &in})
	inbox, err := w.Cascade.Inbox(t.Context(), w.clerk, w.Of("20011").ID, 10)
	if err != nil || len(inbox.Items) != 1 {
		t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
	}
	return inbox.Items[0].Letter, in
}

// report drafts, signs and sends the report of the ward on a letter.
func (w *upward) report(t *testing.T, l letter.Letter) progress.Report {
	t.Helper()
	r, err := w.Progress.Draft(t.Context(), w.clerk, progress.DraftInput{
		ID: w.IDs.New(), Unit: w.Of("20011").ID, About: progress.Subject{Letter: l.ID}, Round: progress.Final,
		Period: progress.Period{From: "2024-06-01", To: "2024-06-06"},
	})
	w.Must(err)
	w.Issue(r)
	for range 2 { // the button pressed twice
		r, err = w.Progress.Send(t.Context(), w.clerk, r.ID)
		w.Must(err)
	}
	return r
}

const townOutside = "480,000.00.00.H57,doi-tac\n20011,000.01.00.H57,\n"

// TestAReportGoesUpToAUnitOutside: with its figures, as the answer to the letter by the name that the other system gave it;
// what failed is tried again, and what the receiver tells moves the report in whatever order it comes.
func TestAReportGoesUpToAUnitOutside(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := newUpward(t, db, clk, townOutside)
		about, in := w.asked(t)
		w.Must(w.Queue.Drain(ctx))
		w.Wire.sent, w.Wire.fail = nil, &exchange.Refusal{Code: exchange.UnknownReceiver, Text: "chưa khai báo"}
		r := w.report(t, about)
		if r.State != progress.Submitted || r.Above != w.Town.ID {
			t.Fatalf("%s to %s", r.State, r.Above)
		}
		w.Must(w.Queue.Drain(ctx))
		d, ok, err := w.Exchange.Delivered(ctx, r.ID)
		if err != nil || !ok || d.State != exchange.Failed || d.ErrorKey != "exchange.error.refused" {
			t.Fatalf("refused: %+v, %v", d, err)
		}
		_, err = w.Exchange.Retry(ctx, w.Actor(person.Clerk, w.Of("20008")), d.ID)
		faulttest.Is(t, err, fault.Forbidden, "")
		w.Wire.fail = nil
		_, err = w.Exchange.Retry(ctx, w.clerk, d.ID)
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		if d, _, err = w.Exchange.Delivered(ctx, r.ID); err != nil || d.State != exchange.Done {
			t.Fatalf("tried again: %+v, %v", d, err)
		}

		letters := sentLetters(t, w.Wire)
		if len(letters) != 1 {
			t.Fatalf("%d packages went out", len(letters))
		}
		got := letters[0]
		l, err := w.Letters.Load(ctx, db, r.ID)
		w.Must(err)
		if got.From.ID != "000.01.00.H57" || len(got.To) != 1 || got.To[0].ID != "000.00.00.H57" || got.Symbol() != l.Symbol() ||
			got.TypeName != "Báo cáo" || got.Steering != edxml.SteeringReportsOn {
			t.Errorf("%+v", got)
		}
		if len(got.ResponseFor) == 0 || got.ResponseFor[0].DocumentID != in.DocumentID || got.ResponseFor[0].Code != "1903/UBND-VH" ||
			got.ResponseFor[0].OrganID != "000.00.00.H57" || got.ResponseFor[0].Date != "2024-06-05" {
			t.Errorf("it answers %+v", got.ResponseFor)
		}
		checkFiles(t, got, l.Symbol(), "xlsx")

		status := func(s edxml.Status, minute int, words string) {
			w.accept(t, report(got, "000.00.00.H57", s, clock.At(clk.Now()).Add(time.Duration(minute)*time.Minute), words))
		}
		stands := func(when string, want progress.State, words string) {
			t.Helper()
			now, err := w.Progress.Get(ctx, w.clerk, r.ID)
			if err != nil || now.State != want || now.Reason != words {
				t.Errorf("%s: %s %q, %v", when, now.State, now.Reason, err)
			}
		}
		status("42", 1, "")
		status(edxml.StatusArrived, 1, "")
		stands("arrived, and a code of its own", progress.Submitted, "")
		status(edxml.StatusInProgress, 5, "")
		stands("begun, before it was told that it was received", progress.Accepted, "")
		status(edxml.StatusReceived, 2, "")
		status(edxml.StatusReceived, 2, "")
		stands("received, told late and twice", progress.Accepted, "")
		status(edxml.StatusRefused, 6, "Thiếu phụ lục")
		stands("sent back", progress.Returned, "Thiếu phụ lục")
		status(edxml.StatusAssigned, 4, "")
		stands("an older one afterwards", progress.Returned, "Thiếu phụ lục")

		d, _, err = w.Exchange.Delivered(ctx, r.ID)
		w.Must(err)
		var told []string
		for _, one := range d.Told {
			told = append(told, string(one.Status))
		}
		if want := []string{"01", "42", "03", "04", "05", "02"}; !slices.Equal(told, want) {
			t.Errorf("told %v, want %v", told, want)
		}
		list, err := w.Exchange.List(ctx, w.clerk, exchange.Filter{Unit: w.Of("20011").ID, Direction: exchange.In, Kind: exchange.ReportKind})
		if err != nil || len(list.Items) != 6 {
			t.Fatalf("the ward sees %d statuses, %v", len(list.Items), err)
		}
		if _, err := w.Exchange.Get(ctx, w.clerk, list.Items[0].ID); err != nil {
			t.Error(err)
		}
		_, err = w.Exchange.Get(ctx, w.Actor(person.Clerk, w.Of("20008")), list.Items[0].ID)
		faulttest.Is(t, err, fault.Forbidden, "")
	})
}

// sentLetters are the letters that went out, strictly written.
func sentLetters(t *testing.T, wire *wire) []edxml.Letter {
	t.Helper()
	letters, _ := wire.messages(t)
	return letters
}

// checkFiles looks whether a package has the letter as PDF and DOCX, and what follows them, each of which can be opened.
func checkFiles(t *testing.T, l edxml.Letter, symbol string, more ...string) {
	t.Helper()
	want := append([]string{"pdf", "docx"}, more...)
	if len(l.Attachments) != len(want) {
		t.Fatalf("%d files, want %v", len(l.Attachments), want)
	}
	for i, a := range l.Attachments {
		if !strings.HasSuffix(a.Name, "."+want[i]) || a.Description == "" {
			t.Errorf("file %d is %q (%s)", i+1, a.Name, a.Description)
		}
		if want[i] == "xlsx" {
			book, err := excelize.OpenReader(bytes.NewReader(a.Body))
			if err != nil {
				t.Fatal(err)
			}
			if sheets := book.GetSheetList(); !slices.Contains(sheets, "Tổng hợp") {
				t.Errorf("sheets %v", sheets)
			}
			if err := book.Close(); err != nil {
				t.Error(err)
			}
			continue
		}
		read, err := extract.Read(t.Context(), a.Body)
		if err != nil {
			t.Fatal(err)
		}
		if string(read.Kind) != want[i] || !strings.Contains(strings.Join(strings.Fields(read.Text), " "), "Số: "+symbol) {
			t.Errorf("%s is %s and lacks %s", a.Name, read.Kind, symbol)
		}
	}
}

// A report to a unit here goes nowhere; one of a unit that other systems do not know fails with that reason.
func TestReportsThatDoNotGoOut(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := newUpward(t, db, clk, "480,000.00.00.H57,\n")
		w.Send("20011")
		r := w.report(t, w.Letter)
		if _, ok, err := w.Exchange.Delivered(ctx, r.ID); err != nil || ok {
			t.Errorf("to the town, which is here: %v, %v", ok, err)
		}
		_, err := w.Exchange.ImportCodes(ctx, person.SystemActor, strings.NewReader("480,000.00.00.H57,doi-tac\n"))
		w.Must(err)
		r = w.report(t, w.Letter)
		w.Must(w.Queue.Drain(ctx))
		d, ok, err := w.Exchange.Delivered(ctx, r.ID)
		if err != nil || !ok || d.State != exchange.Failed || d.ErrorKey != "exchange.fault.noOwnCode" || len(w.Wire.sent) != 0 {
			t.Errorf("without a code of its own: %+v, %v", d, err)
		}
	})
}

// A letter written here goes with its DOCX beside the PDF.
func TestALetterWrittenHereGoesWithItsDOCX(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newUpward(t, db, clk, "480,000.00.00.H57,\n20011,000.01.00.H57,doi-tac\n")
		l := w.Written(w.Town, lettertest.Document("Thông báo thể lệ."), "")
		sent := w.SendOut(l.ID, "20011")["20011"]
		letters := sentLetters(t, w.Wire)
		if len(letters) != 1 || letters[0].Steering == edxml.SteeringReportsOn {
			t.Fatalf("%+v", letters)
		}
		checkFiles(t, letters[0], l.Symbol())
		if d, err := w.Cascade.Find(t.Context(), db, sent.ID); err != nil || !d.Outside {
			t.Errorf("the dispatch is not known to be outside: %v", err)
		}
	})
}
