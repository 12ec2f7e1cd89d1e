package letter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/lifecycle/lifecycletest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func TestLifecycleIsDocumented(t *testing.T) { lifecycletest.Documented(t, "letter", letter.Lifecycle) }

func TestFromTextToRegister(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		text := lettertest.Text("", "Thông báo trên bảng tin.", "Tạo điều kiện tham gia.")
		in := letter.DraftInput{ID: d.IDs.New(), Issuer: d.Town.ID, File: strings.NewReader(text), FileName: `C:\van ban\gửi.txt`}
		l, err := d.Letters.Draft(t.Context(), clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		if l.State != letter.Draft || l.FileName != "gửi.txt" || l.Source != text || l.Fields.Organ != "Ủy ban nhân dân thị xã Hương Trà" {
			t.Errorf("draft: %+v", l)
		}
		in.File = strings.NewReader(text)
		again, err := d.Letters.Draft(t.Context(), clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(l, again); diff != "" {
			t.Errorf("the same submission twice made something else\n%s", diff)
		}
		in.File = strings.NewReader(text + "khác")
		_, err = d.Letters.Draft(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.idTaken")

		fields := l.Fields
		fields.Subject = "  Hưởng ứng ngày hội  "
		fields.Duties[0].Channels = append(fields.Duties[0].Channels, letter.Loudspeaker, letter.Loudspeaker)
		corrected, err := d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, fields)
		if err != nil {
			t.Fatal(err)
		}
		if corrected.Fields.Subject != "Hưởng ứng ngày hội" || !slices.Equal(corrected.Fields.Duties[0].Channels,
			[]letter.Channel{letter.NoticeBoard, letter.Loudspeaker}) {
			t.Errorf("corrected: %+v", corrected.Fields)
		}
		_, err = d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, fields)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.changed")

		registered, err := d.Letters.Register(t.Context(), clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if registered.Symbol() != "01/UBND-VH" || registered.State != letter.Registered || registered.RegisteredBy != clerk.ID {
			t.Errorf("registered: %+v", registered)
		}
		stored, err := d.Letters.Get(t.Context(), clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(registered, stored); diff != "" {
			t.Errorf("what was returned is not what was stored\n%s", diff)
		}
		if again, err := d.Letters.Register(t.Context(), clerk, l.ID); err != nil || again.Version != registered.Version {
			t.Errorf("registering twice: version %d, %v", again.Version, err)
		}
		_, err = d.Letters.Correct(t.Context(), clerk, l.ID, registered.Version, fields)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.registered")

		file, _, err := d.Letters.File(t.Context(), clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if kept, err := io.ReadAll(file); err != nil || string(kept) != text {
			t.Errorf("the uploaded bytes came back as %q, %v", kept, err)
		}
		if head, err := d.Log.Refresh(t.Context()); err != nil || head < 4 {
			t.Errorf("audit entries: %d, %v", head, err)
		}
	})
}

func TestNumbersOfOneUnitAndYear(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		if l := d.Registered(t, lettertest.Text("1903", "Một.")); l.Symbol() != "1903/UBND-VH" {
			t.Errorf("its own number was %q", l.Symbol())
		}
		if l := d.Registered(t, lettertest.Text("", "Hai.")); l.Symbol() != "1904/UBND-VH" {
			t.Errorf("the next number was %q", l.Symbol())
		}
		if l := d.Registered(t, lettertest.Text("7", "Ba.")); l.Symbol() != "7/UBND-VH" {
			t.Errorf("an earlier number was %q", l.Symbol())
		}
		twin, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("07", "Bốn.")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Register(t.Context(), clerk, twin.ID)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.numberTaken")

		next := twin.Fields
		next.Number, next.Date = "7", letter.Date{Year: 2025, Month: 1, Day: 2}
		if twin, err = d.Letters.Correct(t.Context(), clerk, twin.ID, twin.Version, next); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Letters.Register(t.Context(), clerk, twin.ID); err != nil {
			t.Errorf("the same number in another year: %v", err)
		}
	})
}

// However many write at once, the numbers of a register are 1 … n, each once. Every eighth writer fails after it took its
// number, which must not leave a gap.
func TestRegistersHaveNoGapsUnderConcurrency(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		const writers = 32
		letters := make([]letter.Letter, writers)
		clerk := d.Actor(person.Clerk, d.Town)
		for i := range letters {
			var err error
			letters[i], err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("", fmt.Sprint("Việc ", i, "."))})
			if err != nil {
				t.Fatal(err)
			}
		}
		ward := d.Unit(t, "20008")
		errBroken := errors.New("broken")
		outgoing, arrivals := make([]string, writers), make([]int64, writers)
		var wg sync.WaitGroup
		for i, l := range letters {
			wg.Go(func() {
				registered, err := d.Letters.Register(t.Context(), clerk, l.ID)
				if err != nil {
					t.Error(err)
				}
				outgoing[i] = registered.Fields.Number
			})
			wg.Go(func() {
				err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					a, err := d.Letters.Arrive(ctx, tx, l.ID, ward.ID)
					arrivals[i] = a.Number
					if err == nil && i%8 == 0 {
						return errBroken
					}
					return err
				})
				if err != nil && !errors.Is(err, errBroken) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.Sort(outgoing)
		want := make([]string, writers)
		for i := range want {
			want[i] = fmt.Sprintf("%02d", i+1)
		}
		if diff := cmp.Diff(want, outgoing); diff != "" {
			t.Errorf("outgoing numbers (-want +got)\n%s", diff)
		}
		book, err := d.Letters.Arrivals(t.Context(), d.Actor(person.Clerk, ward), ward.ID, 2024)
		if err != nil {
			t.Fatal(err)
		}
		if len(book) != writers-writers/8 {
			t.Errorf("%d arrivals, want %d", len(book), writers-writers/8)
		}
		for i, a := range book {
			if a.Number != int64(i+1) {
				t.Fatalf("line %d of the register has number %d", i+1, a.Number)
			}
		}
	})
}

func TestArrivalsBeginAnewEachYear(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		ward := d.Unit(t, "20011")
		arrive := func(l letter.Letter) (a letter.Arrival) {
			t.Helper()
			err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) (err error) {
				a, err = d.Letters.Arrive(ctx, tx, l.ID, ward.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		first := d.Registered(t, lettertest.Text("1", "Một."))
		a := arrive(first)
		if again := arrive(first); again != a {
			t.Errorf("arrived twice: %+v, then %+v", a, again)
		}
		// Half past midnight in Huế is still the old year in UTC.
		clk.Set(clock.Date(2025, 1, 1, 0, 30).Time)
		if b := arrive(d.Registered(t, lettertest.Text("2", "Hai."))); b.Year != 2025 || b.Number != 1 {
			t.Errorf("first of the new year: %+v", b)
		}
	})
}

func TestWhoMayHandleLetters(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		l := d.Registered(t, lettertest.Text("5", "Một."))
		outsiders := map[string]person.Actor{
			"clerk of a ward below": d.Actor(person.Clerk, d.Unit(t, "20008")),
			"clerk of another town": d.Actor(person.Clerk, d.Unit(t, "479")),
			"administrator":         d.Actor(person.Administrator, d.Town),
		}
		for name, actor := range outsiders {
			_, err := d.Letters.Draft(t.Context(), actor, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("6", "Một.")})
			faulttest.Is(t, err, fault.Forbidden, "")
			_, err = d.Letters.Get(t.Context(), actor, l.ID)
			faulttest.Is(t, err, fault.Forbidden, "")
			_, err = d.Letters.Link(t.Context(), actor, l.ID, letter.Link{Challenge: d.IDs.New(), Public: true})
			faulttest.Is(t, err, fault.Forbidden, "")
			if _, err = d.Letters.List(t.Context(), actor, d.Town.ID, 10); err == nil {
				t.Errorf("%s lists the letters", name)
			}
		}
		_, err := d.Letters.Register(t.Context(), person.Actor{}, l.ID)
		faulttest.Is(t, err, fault.Unauthenticated, "")
		if list, err := d.Letters.List(t.Context(), d.Actor(person.Leader, d.Town), d.Town.ID, 10); err != nil || len(list) != 1 {
			t.Errorf("the leader sees %d letters, %v", len(list), err)
		}
		_, err = d.Letters.Get(t.Context(), person.SystemActor, "00000000-0000-7000-8000-000000000000")
		faulttest.Is(t, err, fault.NotFound, "letter.fault.notFound")
		_, err = d.Letters.Link(t.Context(), d.Actor(person.Clerk, d.Town), l.ID, letter.Link{Challenge: d.IDs.New(), Public: true})
		faulttest.Is(t, err, fault.NotFound, "letter.fault.noChallenge")
		_, err = d.Letters.Draft(t.Context(), person.SystemActor, letter.DraftInput{Issuer: d.IDs.New(), Text: lettertest.Text("6", "Một.")})
		faulttest.Is(t, err, fault.NotFound, "letter.fault.noIssuer")
	})
}

func TestBadFieldsAreNamed(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("5", "Một.")})
		if err != nil {
			t.Fatal(err)
		}
		bad := l.Fields
		bad.Organ = strings.Repeat("ơ", 5000)
		bad.Number = "٣"
		bad.Notation = "<script>"
		bad.Type = "thư tình"
		bad.Date = letter.Date{Year: 2024, Month: 2, Day: 31}
		bad.Period = letter.Period{From: letter.Date{Year: 2024, Month: 6, Day: 30}, To: letter.Date{Year: 2024, Month: 6, Day: 2}}
		bad.Links = []string{"javascript:alert(1)"}
		bad.Duties = []letter.Duty{{Number: 1, Text: " \u200b "}, {Number: 1, Text: "Hai.", Channels: []letter.Channel{"trống"}}}
		_, err = d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, bad)
		want := map[string]string{
			"organ": "letter.fault.tooLong", "number": "letter.fault.number", "notation": "letter.fault.notation",
			"type": "letter.fault.type", "date": "letter.fault.date", "period.to": "letter.fault.periodReversed",
			"links.0": "letter.fault.link", "duties.0.text": "letter.fault.dutyEmpty", "duties.1.number": "letter.fault.dutyNumber",
			"duties.1.channels": "letter.fault.channel",
		}
		if diff := cmp.Diff(want, faulttest.Keys(err)); diff != "" {
			t.Errorf("faults (-want +got)\n%s", diff)
		}
		if stored, err := d.Letters.Get(t.Context(), clerk, l.ID); err != nil || stored.Version != l.Version {
			t.Errorf("something was saved: version %d, %v", stored.Version, err)
		}

		odd := l.Fields
		odd.Place = "Hu\u031bo\u031bng\u202e Trà 🌿"
		odd.Subject = "<script>alert('x')</script>"
		stored, err := d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, odd)
		if err != nil {
			t.Fatal(err)
		}
		if stored.Fields.Place != "Hương Trà 🌿" || stored.Fields.Subject != odd.Subject {
			t.Errorf("place %q, subject %q", stored.Fields.Place, stored.Fields.Subject)
		}

		empty, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: "Kính gửi: Ai đó"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Register(t.Context(), clerk, empty.ID)
		want = map[string]string{"notation": "letter.fault.missing", "organ": "letter.fault.missing", "subject": "letter.fault.missing", "date": "letter.fault.missing"}
		if diff := cmp.Diff(want, faulttest.Keys(err)); diff != "" {
			t.Errorf("missing (-want +got)\n%s", diff)
		}
		_, err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: strings.Repeat("a ", 5<<20)})
		faulttest.Is(t, err, fault.TooLarge, "letter.fault.tooLarge")
		_, err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, File: strings.NewReader("%PDF-1.4")})
		faulttest.Is(t, err, fault.Invalid, "extract.fault.pdfBroken")
		_, err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: ident.ID(""), Issuer: d.Town.ID})
		faulttest.Is(t, err, fault.Invalid, "letter.fault.empty")
	})
}
