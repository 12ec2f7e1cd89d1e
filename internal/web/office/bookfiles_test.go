package office_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/web/office"
)

// TestAFileHasTheWholeRegister: it is read in parts and says what it leaves out.
func TestAFileHasTheWholeRegister(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for n := range 5 {
			d.Registered(t, lettertest.Text(strconv.Itoa(301+n), "Họp dân."))
		}
		at := "/don-vi/so-van-ban/di?don-vi=" + string(d.Town.ID)
		d.As(d.clerk)
		undo := office.SetFileLines(2, 100)
		defer func() { undo() }()
		if table := inSheet(t, d.Get(at+"&dang=xlsx").Body, "Sổ đăng ký văn bản đi"); len(table) != 6 {
			t.Errorf("the sheet has %d lines", len(table)-1)
		}
		if text := saidBy(t, d.Get(at+"&dang=pdf").Body); strings.Count(text, "/UBND") != 5 || strings.Contains(text, "trong tổng số") {
			t.Errorf("the paper says %s", text)
		}
		undo()
		undo = office.SetFileLines(2, 3)
		text := saidBy(t, d.Get(at+"&dang=pdf").Body)
		if !strings.Contains(text, "Tệp này có 3 trong tổng số 5 dòng. Chọn khoảng ngày") || strings.Contains(text, "304/") || !strings.Contains(text, "303/") {
			t.Errorf("the file says %s", text)
		}
	})
}

// TestAnArrivalIsLookedAtWithoutItsFile: the page opens no file and runs no program on it.
func TestAnArrivalIsLookedAtWithoutItsFile(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		id := d.enteredFile(t)
		at, of := "/don-vi/so-van-ban/den/"+id, "?don-vi="+string(d.Town.ID)
		want(t, "the page", d.As(d.clerk).Get(at+of), http.StatusOK, foreseen)
		d.loseFile(t, id)
		want(t, "the page of a file that is away", d.Get(at+of), http.StatusOK, foreseen)
		if a := d.Get(at + "/pdf" + of); a.Status == http.StatusOK {
			t.Errorf("the sheets of a file that is away: %d", a.Status)
		}
	})
}

// saidBy is what a PDF says, its white space as one.
func saidBy(t *testing.T, file string) string {
	t.Helper()
	var all []string
	for _, p := range papertest.Pages(t, []byte(file)) {
		all = append(all, strings.Fields(p.Text())...)
	}
	return strings.Join(all, " ")
}

// enteredFile enters a letter that came as a PDF.
func (d *desk) enteredFile(t *testing.T) string {
	t.Helper()
	var file bytes.Buffer
	doc := lettertest.Document("Họp dân.")
	doc.Number, doc.Date = "41", letter.Date{Year: 2024, Month: 6, Day: 5}
	if err := decree.PDF(&file, doc, decree.Options{}); err != nil {
		t.Fatal(err)
	}
	l, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, File: &file, FileName: "a.pdf"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Letters.Enter(t.Context(), d.clerk, l.ID, nil); err != nil {
		t.Fatal(err)
	}
	return string(l.ID)
}

func (d *desk) loseFile(t *testing.T, id string) {
	t.Helper()
	l, err := d.Letters.Load(t.Context(), d.DB, ident.ID(id))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Blobs.Delete(t.Context(), l.FileKey); err != nil {
		t.Fatal(err)
	}
}
