package exchange_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// wire is a partner in memory: it keeps what is sent, and may refuse.
type wire struct {
	sent  []exchange.Parcel
	fail  error
	waits [][]byte
}

func (w *wire) Send(_ context.Context, p exchange.Parcel) (string, error) {
	if w.fail != nil {
		return "", w.fail
	}
	w.sent = append(w.sent, p)
	return "remote-" + p.Name, nil
}

func (w *wire) Fetch(ctx context.Context, accept func(context.Context, []byte) (exchange.Answer, error)) error {
	for len(w.waits) > 0 {
		if _, err := accept(ctx, w.waits[0]); err != nil {
			return err
		}
		w.waits = w.waits[1:]
	}
	return nil
}

// messages reads what was sent.
func (w *wire) messages(t *testing.T) (letters []edxml.Letter, reports []edxml.Report) {
	t.Helper()
	for _, p := range w.sent {
		r, err := edxml.Read(bytes.NewReader(p.Body), edxml.Limits{})
		if err != nil || !r.Strict() {
			t.Fatalf("%v, %v", err, r.Deviations)
		}
		if r.Letter != nil {
			letters = append(letters, *r.Letter)
		} else {
			reports = append(reports, *r.Report)
		}
	}
	return letters, reports
}

// world is a desk whose town exchanges letters with two wards outside.
type world struct {
	*cascadetest.Desk
	Exchange *exchange.Service
	Wire     *wire
	Ward     unit.Unit // outside
	Other    unit.Unit // outside too
	Inside   unit.Unit
	Partner  exchange.Partner
}

const codes = `unit,organ,partner
480,000.00.00.H57,
20008,000.08.00.H57,
19996,000.01.00.H57,doi-tac
20011,000.02.00.H57,doi-tac
`

func newWorld(t *testing.T, db *database.DB, clk *clock.Set) *world {
	t.Helper()
	w := &world{Desk: cascadetest.New(t, db, clk), Wire: &wire{}}
	w.Partner = exchange.Partner{ID: "doi-tac", Name: "Trục thử", Way: exchange.ByPost, Accepts: "mot bi mat dai lam"}
	stranger := exchange.Partner{ID: "la", Name: "Hệ thống lạ", Way: exchange.ByPost, Accepts: "bi mat khac han nhau"}
	w.Exchange = exchange.NewService(exchange.Needs{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
		Partners: []exchange.Partner{w.Partner, stranger}, Ways: map[string]exchange.Transport{"doi-tac": w.Wire},
	})
	result, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader(codes))
	if err != nil || result.Changed != 4 {
		t.Fatalf("%+v, %v", result, err)
	}
	w.Ward, w.Other, w.Inside = w.Unit(t, "19996"), w.Unit(t, "20011"), w.Unit(t, "20008")
	return w
}

// packed is a package as another system writes it, which may have statuses of its own.
func packed(t *testing.T, m edxml.Message) []byte {
	t.Helper()
	strange := edxml.Status("")
	if m.Report != nil && !m.Report.Status.Known() {
		r := *m.Report
		strange, r.Status = r.Status, edxml.StatusReceived
		m.Report = &r
	}
	data, err := edxml.Write(m)
	if err != nil {
		t.Fatal(err)
	}
	if strange != "" {
		data = bytes.Replace(data, []byte("StatusCode>03<"), []byte("StatusCode>"+string(strange)+"<"), 1)
	}
	return data
}

func (w *world) accept(t *testing.T, m edxml.Message) exchange.Answer {
	t.Helper()
	a, err := w.Exchange.Accept(t.Context(), w.Partner, packed(t, m))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) dispatch(t *testing.T, id ident.ID) cascade.Dispatch {
	t.Helper()
	d, err := w.Cascade.Find(t.Context(), w.DB, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// all returns all messages, the oldest first.
func (w *world) all(t *testing.T) []exchange.Message {
	t.Helper()
	l, err := w.Exchange.List(t.Context(), person.SystemActor, exchange.Filter{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(l.Items)
	return l.Items
}

func report(l edxml.Letter, from string, status edxml.Status, at clock.Time, words string) edxml.Message {
	return edxml.Message{Report: &edxml.Report{
		For: edxml.Reference{OrganID: l.From.ID, Code: l.Symbol(), Date: l.Date, DocumentID: l.DocumentID}, From: edxml.Organ{ID: from},
		Status: status, At: at, Words: words,
	}}
}

func TestALetterGoesOutAndIsFollowed(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		l, sent := w.Sent(t, w.Ward, w.Other, w.Inside)
		letters, _ := w.Wire.messages(t)
		if len(letters) != 1 {
			t.Fatalf("%d packages, want one for both units of the partner", len(letters))
		}
		got := letters[0]
		if got.From.ID != "000.00.00.H57" || len(got.To) != 2 || got.Symbol() != l.Symbol() || string(got.Date) != l.Fields.Date.String() ||
			got.TypeName != "Công văn" || got.Type != "18" || len(got.Attachments) != 1 || !bytes.Contains(got.Attachments[0].Body, []byte(l.Fields.Subject)) {
			t.Errorf("%+v", got)
		}
		byUnit := map[ident.ID]cascade.Dispatch{}
		for _, d := range sent {
			byUnit[d.ReceiverID] = w.dispatch(t, d.ID)
		}
		if byUnit[w.Inside.ID].State != cascade.Arrived || byUnit[w.Ward.ID].State != cascade.Sent {
			t.Errorf("inside %s, outside %s", byUnit[w.Inside.ID].State, byUnit[w.Ward.ID].State)
		}
		at := clock.At(clk.Now())
		for _, status := range []edxml.Status{"03", "01", "03", "42", "01"} { // out of order, repeated, unknown
			if a := w.accept(t, report(got, "000.01.00.H57", status, at.Add(time.Hour), "")); a.Code != exchange.OK {
				t.Fatalf("%s: %+v", status, a)
			}
		}
		w.Drain(t)
		d := w.dispatch(t, byUnit[w.Ward.ID].ID)
		if d.State != cascade.Received || d.ReceivedAt != at.Add(time.Hour) || d.ArrivalNumber != 0 {
			t.Errorf("%+v", d)
		}
		w.accept(t, report(got, "000.02.00.H57", "02", at.Add(time.Hour), "Gửi nhầm địa chỉ"))
		w.Drain(t)
		if d := w.dispatch(t, byUnit[w.Other.ID].ID); d.State != cascade.Refused || d.Outcome != "Gửi nhầm địa chỉ" {
			t.Errorf("%+v", d)
		}
		kinds := map[edxml.Status]int{}
		for _, m := range w.all(t) {
			if m.Direction == exchange.In {
				kinds[m.Status]++
				if m.State != exchange.Done {
					t.Errorf("%+v", m)
				}
			}
		}
		if kinds["01"] != 1 || kinds["03"] != 1 || kinds["42"] != 1 || kinds["02"] != 1 {
			t.Errorf("each report is kept once, also an unknown one: %v", kinds)
		}

		// A recall goes out as a package of its own; the answer to it changes nothing.
		if _, err := w.Cascade.Recall(t.Context(), w.Actor(person.Clerk, w.Town), d.ID, "Sai số liệu"); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		letters, _ = w.Wire.messages(t)
		if len(letters) != 2 || letters[1].Business.Kind != edxml.BusinessRecall || letters[1].Business.Reason != "Sai số liệu" ||
			len(letters[1].To) != 1 || letters[1].DocumentID != got.DocumentID || letters[1].Business.For != got.DocumentID {
			t.Fatalf("%+v", letters)
		}
		w.accept(t, report(got, "000.01.00.H57", "15", at.Add(2*time.Hour), "Đồng ý"))
		w.accept(t, report(got, "000.01.00.H57", "06", at.Add(3*time.Hour), "Xong"))
		w.Drain(t)
		if d := w.dispatch(t, d.ID); d.State != cascade.Recalled || d.Outcome != "Sai số liệu" {
			t.Errorf("%+v", d)
		}
		if err := w.Log.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// incoming is a letter of an organ outside to the units of these codes.
func incoming(number string, to ...string) edxml.Letter {
	l := edxml.Letter{
		From: edxml.Organ{ID: "000.05.00.H57", Name: "Sở Thử nghiệm"}, Number: number, Notation: "STN-VP", Place: "Huế", Date: "2024-06-03",
		TypeName: "Công văn", Subject: "V/v triển khai đợt ra quân", Signer: edxml.Signer{Position: "Giám đốc", Name: "Nguyễn Văn Mẫu"},
		Attachments: []edxml.Attachment{{Name: "scan.pdf", Type: "application/pdf", Body: []byte("%PDF-1.4 scan")}},
	}
	for _, code := range to {
		l.To = append(l.To, edxml.Organ{ID: code, Name: "UBND " + code})
	}
	return l
}

func TestALetterComesAndIsAnswered(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("77", "000.08.00.H57", "000.99.00.H99")
		first := w.accept(t, edxml.Message{Letter: &in})
		again := w.accept(t, edxml.Message{Letter: &in})
		if first.Code != exchange.OK || again.Message.ID != first.Message.ID {
			t.Fatalf("%+v, then %+v", first, again)
		}
		w.Drain(t)
		clerk := w.Clerk(t, "vanthu@huongvan.example", w.Inside)
		inbox, err := w.Cascade.Inbox(t.Context(), clerk, w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 {
			t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
		}
		item := inbox.Items[0]
		f := item.Letter.Fields
		if item.State != cascade.Arrived || f.Number != "77" || f.Notation != "STN-VP" || f.Subject != "triển khai đợt ra quân" ||
			item.Letter.State != letter.Registered || item.Sender.FullName != "Sở Thử nghiệm" || item.Sender.Kind != unit.Other {
			t.Errorf("%+v of %+v", item, item.Sender)
		}
		if _, err := w.Cascade.Receive(t.Context(), clerk, item.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Cascade.Assign(t.Context(), w.Actor(person.Leader, w.Inside), item.ID, w.dispatch(t, item.ID).Version,
			cascade.Instruction{Lead: "Văn hóa"}); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		_, reports := w.Wire.messages(t)
		var told []edxml.Status
		for _, r := range reports {
			told = append(told, r.Status)
			if r.From.ID != "000.08.00.H57" || r.For.OrganID != "000.05.00.H57" || r.For.DocumentID != "000.05.00.H57,2024/06/03,77/STN-VP" {
				t.Errorf("%+v", r)
			}
		}
		if !slices.Equal(told, []edxml.Status{"01", "03", "04"}) {
			t.Errorf("told %v", told)
		}
		detail, err := w.Exchange.Get(t.Context(), clerk, first.Message.ID)
		if err != nil || detail.State != exchange.Done || detail.LetterID != item.LetterID || detail.Reading.Letter.Subject != in.Subject || len(detail.Parts) != 2 {
			t.Errorf("%+v, %v", detail, err)
		}
		if a, err := w.Exchange.Attachment(t.Context(), clerk, first.Message.ID, 1); err != nil || string(a.Body) != "%PDF-1.4 scan" {
			t.Errorf("%+v, %v", a, err)
		}
		if _, err := w.Exchange.Get(t.Context(), w.Actor(person.Clerk, w.Ward), first.Message.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a stranger reads it: %v", err)
		}

		// A second letter of the same organ finds it; a replacement takes the first back.
		second := incoming("78", "000.08.00.H57")
		second.Business = edxml.Task{Kind: edxml.BusinessReplace, For: "000.05.00.H57,2024/06/03,77/STN-VP"}
		w.accept(t, edxml.Message{Letter: &second})
		w.Drain(t)
		if d := w.dispatch(t, item.ID); d.State != cascade.Replaced || d.ReplacedBy == "" || !strings.Contains(d.Outcome, "78/STN-VP") {
			t.Errorf("%+v", d)
		}
		inbox, err = w.Cascade.Inbox(t.Context(), clerk, w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 2 || inbox.Items[0].Sender.ID != item.Sender.ID {
			t.Errorf("%d in the inbox, %v", len(inbox.Items), err)
		}
		update := second
		update.Business = edxml.Task{Kind: edxml.BusinessUpdate, Reason: "Bổ sung phụ lục"}
		w.accept(t, edxml.Message{Letter: &update})
		w.Drain(t)
		asked := w.dispatch(t, inbox.Items[0].ID)
		if asked.Asked == "" || asked.AskedKind != cascade.ChangeUpdate {
			t.Fatalf("the receiver is not asked: %+v", asked)
		}
		if _, err := w.Cascade.Answer(t.Context(), clerk, asked.ID, asked.Asked, true, ""); err != nil {
			t.Fatal(err)
		}
		recall := second
		recall.Business = edxml.Task{Kind: edxml.BusinessRecall, Reason: "Ban hành nhầm"}
		w.accept(t, edxml.Message{Letter: &recall})
		w.accept(t, edxml.Message{Letter: &recall})
		w.Drain(t)
		_, reports = w.Wire.messages(t)
		told = nil
		for _, r := range reports[3:] {
			told = append(told, r.Status)
		}
		slices.Sort(told)
		if !slices.Equal(told, []edxml.Status{"01", "15", "15", "15"}) {
			t.Errorf("told about the second letter %v", told)
		}
		for _, m := range w.all(t) {
			if m.State != exchange.Done {
				t.Errorf("%s %s %s: %s %s %v", m.Direction, m.Kind, m.State, m.Symbol, m.ErrorKey, m.ErrorArgs.V)
			}
		}
	})
}

func TestALetterThatWasTypedInIsTheSame(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("80", "000.08.00.H57")
		w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		// The same letter once more, to another list of receivers: one letter, one more dispatch.
		result, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("20017,000.09.00.H57,\n"))
		if err != nil || result.Changed != 1 {
			t.Fatal(err)
		}
		in.To = append(in.To, edxml.Organ{ID: "000.09.00.H57"})
		a := w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		d, err := w.Exchange.Get(t.Context(), person.SystemActor, a.Message.ID)
		if err != nil || d.State != exchange.Done {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		all, err := w.Cascade.OfLetter(t.Context(), db, d.LetterID)
		if err != nil || len(all) != 2 {
			t.Errorf("%d dispatches, %v", len(all), err)
		}
	})
}

// A package that was accepted and then failed for good may be sent again corrected; as it was, it stays the same one.
func TestACorrectedPackageIsAnotherOne(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("81", "000.08.00.H57")
		long := func() exchange.Answer { // as another system writes it, which keeps to no length
			t.Helper()
			a, err := w.Exchange.Accept(t.Context(), w.Partner, bytes.ReplaceAll(packed(t, edxml.Message{Letter: &in}), []byte(in.Subject),
				[]byte(strings.Repeat("rất dài ", 500))))
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		first := long()
		w.Drain(t)
		d, err := w.Exchange.Get(t.Context(), person.SystemActor, first.Message.ID)
		if err != nil || d.State != exchange.Failed {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		if again := long(); again.Message.ID != first.Message.ID || again.Message.State != exchange.Failed {
			t.Errorf("the same bytes again: %+v", again)
		}
		second := w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		if second.Message.ID == first.Message.ID || second.Code != exchange.OK {
			t.Fatalf("corrected: %+v", second)
		}
		if again := w.accept(t, edxml.Message{Letter: &in}); again.Message.ID != second.Message.ID {
			t.Errorf("the corrected one again: %+v", again)
		}
		d, err = w.Exchange.Get(t.Context(), person.SystemActor, second.Message.ID)
		if err != nil || d.State != exchange.Done {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		all, err := w.Cascade.OfLetter(t.Context(), db, d.LetterID)
		if err != nil || len(all) != 1 || all[0].State != cascade.Arrived {
			t.Errorf("%+v, %v", all, err)
		}
		if _, err := w.Exchange.Retry(t.Context(), person.SystemActor, first.Message.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the first is tried again: %v", err)
		}
		if left, err := w.Letters.Load(t.Context(), db, first.Message.ID); err == nil && left.State != letter.Discarded {
			t.Errorf("the draft of the first lies about: %s", left.State)
		}
	})
}

// An unknown code brings a letter when it names none that was sent before; what it would do to one is not guessed.
func TestAnUnknownBusinessIsNotGuessed(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("83", "000.08.00.H57")
		in.Business.Kind = edxml.BusinessUpdate
		send := func(in edxml.Letter) exchange.Answer {
			t.Helper()
			known := packed(t, edxml.Message{Letter: &in})
			body := bytes.Replace(known, []byte("DocType>2<"), []byte("DocType>7<"), 1)
			a, err := w.Exchange.Accept(t.Context(), w.Partner, body)
			if err != nil || bytes.Equal(known, body) {
				t.Fatalf("%v in\n%s", err, known)
			}
			return a
		}
		first := send(in)
		w.Drain(t)
		d, err := w.Exchange.Get(t.Context(), person.SystemActor, first.Message.ID)
		if err != nil || first.Code != exchange.OK || d.State != exchange.Done || d.Business != "7" {
			t.Fatalf("%+v, %+v, %v", first, d.Message, err)
		}
		in.Business.For, in.Subject = d.DocumentID, "V/v hoãn đợt ra quân"
		a := send(in)
		w.Drain(t)
		if a.Code != exchange.NotConforming || a.Fault == nil || a.Fault.Key != "exchange.fault.businessUnknown" || a.Message.State != exchange.Failed {
			t.Errorf("%+v", a)
		}
		if l, err := w.Letters.Load(t.Context(), db, d.LetterID); err != nil || l.Fields.Subject != "triển khai đợt ra quân" {
			t.Errorf("%q, %v", l.Fields.Subject, err)
		}
	})
}

// What failed after its letter was registered is not corrected by another package: its number is taken.
func TestARegisteredLetterIsNotCorrectedByAPackage(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("82", "000.08.00.H57")
		in.Date = "2020-01-02" // no unit was in force then
		first := w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		d, err := w.Exchange.Get(t.Context(), person.SystemActor, first.Message.ID)
		if err != nil || d.State != exchange.Failed {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		l, err := w.Letters.Load(t.Context(), db, d.LetterID)
		if err != nil || l.State != letter.Registered {
			t.Fatalf("the letter: %s, %v", l.State, err)
		}
		in.Subject = "Nội dung khác"
		if again := w.accept(t, edxml.Message{Letter: &in}); again.Message.ID != first.Message.ID || again.Message.State != exchange.Failed {
			t.Errorf("%+v", again)
		}
	})
}

func TestNothingIsKeptOfASecretDocument(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("78", "000.08.00.H57")
		in.Attachments = append(in.Attachments, edxml.Attachment{
			Name: "kem.txt", Type: "text/plain", Body: []byte("MẬT\n" + lettertest.Text("78", "Họp dân.")),
		})
		a := w.accept(t, edxml.Message{Letter: &in})
		if a.Code == exchange.OK || a.Fault == nil || a.Fault.Key != letter.SecretFault || a.Message.ID != "" {
			t.Errorf("%+v", a)
		}
		w.Drain(t)
		var kept int64
		if err := db.Get(t.Context(), &kept, `SELECT count(*) FROM exchange_message`); err != nil || kept != 0 {
			t.Errorf("%d messages are kept, %v", kept, err)
		}
	})
}

func TestWhoMaySpeak(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		stranger := exchange.Partner{ID: "la"}
		send := func(p exchange.Partner, m edxml.Message) exchange.Answer {
			data, err := edxml.Write(m)
			if err != nil {
				t.Fatal(err)
			}
			a, err := w.Exchange.Accept(t.Context(), p, data)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		l, _ := w.Sent(t, w.Ward)
		letters, _ := w.Wire.messages(t)
		ours := incoming("1", "000.08.00.H57")
		ours.From.ID = "000.00.00.H57"
		theirs := incoming("1", "000.08.00.H57")
		theirs.From.ID = "000.01.00.H57"
		nobody := incoming("1", "000.77.00.H57")
		for name, c := range map[string]struct {
			answer exchange.Answer
			code   exchange.Code
		}{
			"in the name of a unit here":           {send(w.Partner, edxml.Message{Letter: &ours}), exchange.UnknownSender},
			"in the name of another partner's":     {send(stranger, edxml.Message{Letter: &theirs}), exchange.UnknownSender},
			"to nobody here":                       {send(w.Partner, edxml.Message{Letter: &nobody}), exchange.UnknownReceiver},
			"a report of another partner's unit":   {send(stranger, report(letters[0], "000.01.00.H57", "06", clock.At(clk.Now()), "")), exchange.UnknownSender},
			"a report of an organ nobody wrote to": {send(w.Partner, report(letters[0], "000.66.00.H57", "06", clock.At(clk.Now()), "")), exchange.UnknownSender},
		} {
			if c.answer.Code != c.code || c.answer.Message.State != exchange.Failed || c.answer.Message.ErrorKey == "" {
				t.Errorf("%s: %d, %+v", name, c.answer.Code, c.answer.Message)
			}
		}
		w.Drain(t)
		ds, err := w.Cascade.OfLetter(t.Context(), db, l.ID)
		if err != nil || ds[0].State != cascade.Sent {
			t.Errorf("%+v, %v", ds, err)
		}
		for _, bad := range []struct {
			body string
			code exchange.Code
		}{{"không phải XML", exchange.BadFile}, {"<html/>", exchange.NotConforming}, {"", exchange.BadFile}} {
			a, err := w.Exchange.Accept(t.Context(), w.Partner, []byte(bad.body))
			if err != nil || a.Code != bad.code || a.Fault == nil {
				t.Errorf("%q: %+v, %v", bad.body, a, err)
			}
		}
	})
}

func TestRetrying(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		clerk := w.Clerk(t, "vanthu@huongtra.example", w.Town)
		w.Wire.fail = &exchange.Refusal{Code: exchange.UnknownReceiver, Text: "18 không có"}
		w.Sent(t, w.Ward)
		failed := w.all(t)[0]
		if failed.State != exchange.Failed || failed.Code != exchange.UnknownReceiver || failed.Tries != 1 || failed.FileKey == "" {
			t.Fatalf("%+v", failed)
		}
		if _, err := w.Exchange.Retry(t.Context(), w.Actor(person.Leader, w.Town), failed.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a leader may not: %v", err)
		}
		w.Wire.fail = context.DeadlineExceeded
		for range 2 { // pressing twice is pressing once
			if _, err := w.Exchange.Retry(t.Context(), clerk, failed.ID); err != nil {
				t.Fatal(err)
			}
		}
		w.Drain(t)
		if m := w.all(t)[0]; m.State != exchange.Waiting || m.ErrorKey != "exchange.error.transport" || m.Tries != 1 {
			t.Errorf("%+v", m)
		}
		w.Wire.fail = nil
		clk.Advance(time.Hour)
		w.Drain(t)
		if m := w.all(t)[0]; m.State != exchange.Done || m.ErrorKey != "" || m.Remote == "" || m.FileKey != failed.FileKey {
			t.Errorf("%+v", m)
		}
		if len(w.Wire.sent) != 1 {
			t.Errorf("sent %d times", len(w.Wire.sent))
		}

		// What came for a unit that had no code yet is looked at anew.
		in := incoming("90", "000.55.00.H57")
		a := w.accept(t, edxml.Message{Letter: &in})
		if a.Code != exchange.UnknownReceiver {
			t.Fatalf("%+v", a)
		}
		if _, err := w.Exchange.Retry(t.Context(), person.SystemActor, a.Message.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("still unknown: %v", err)
		}
		if _, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("20017,000.55.00.H57,")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Exchange.Retry(t.Context(), person.SystemActor, a.Message.ID); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		d, err := w.Exchange.Get(t.Context(), person.SystemActor, a.Message.ID)
		if err != nil || d.State != exchange.Done || d.Kind != exchange.LetterKind || d.LetterID == "" || d.Code != exchange.OK {
			t.Errorf("%+v, %v", d, err)
		}
	})
}

func TestCodesAreChecked(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		again, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader(codes))
		if err != nil || again.Changed != 0 || again.Unchanged != 4 {
			t.Errorf("%+v, %v", again, err)
		}
		bad, err := w.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader(
			"khong-co,000.03.00.H57,\n20017,abc\n20017,000.03.00.H57,nobody\n20017\n20017,H57.01.02,\n20008,H57.01.02,\n"))
		var keys []string
		for _, f := range bad.Faults {
			keys = append(keys, f.Err.Key)
		}
		want := []string{
			"exchange.fault.codeUnit", "exchange.fault.codeForm", "exchange.fault.codePartner", "exchange.fault.codeRow", "exchange.fault.codeTwice",
		}
		if fault.KindOf(err) != fault.Invalid || !slices.Equal(keys, want) || bad.Changed != 0 {
			t.Errorf("%v, %v", keys, err)
		}
		if _, err := w.Exchange.ImportCodes(t.Context(), w.Actor(person.Clerk, w.Town), strings.NewReader(codes)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a clerk may not: %v", err)
		}
	})
}

// TestASymbolOfTheYouthUnionKeepsItsHyphen: a package names number and notation, and not what stands between them.
func TestASymbolOfTheYouthUnionKeepsItsHyphen(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("58", "000.08.00.H57")
		in.From.Name, in.Notation = "Tỉnh đoàn Thử nghiệm", "CV/TĐTN-PT"
		w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		inbox, err := w.Cascade.Inbox(t.Context(), w.Clerk(t, "vanthu@huongvan.example", w.Inside), w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 {
			t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
		}
		if got := inbox.Items[0].Letter.Symbol(); got != "58-CV/TĐTN-PT" {
			t.Errorf("it came as %q", got)
		}
	})
}
