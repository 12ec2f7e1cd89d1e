package reporting_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"sachhon/internal/drafting"
	"sachhon/internal/letter"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit/program"
)

// file is what somebody downloads, byte for byte.
func (w *world) file(t *testing.T, who, path string) []byte {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, base+path, nil)
	r.AddCookie(&http.Cookie{Name: "sachhon", Value: who})
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", path, who, rec.Code)
	}
	return rec.Body.Bytes()
}

// The unit above gets the very file that was issued: a report that was signed elsewhere with its signature and what that is worth,
// and the version that it followed.
func TestTheReceiverGetsTheReportAsItWasIssued(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		w.Letters.PrintWith(drafting.Printer{})
		ctx, clerk := t.Context(), w.people[wardClerk]
		r, err := w.Progress.Draft(ctx, clerk, progress.DraftInput{
			ID: w.IDs.New(), Unit: w.Of("20011").ID, About: progress.Subject{Letter: w.Letter.ID}, Round: progress.OnDemand,
			Period: progress.Period{From: "2024-06-01", To: "2024-06-05"},
		})
		w.Must(err)
		at := "/don-vi/bao-cao/" + string(r.ID)
		if body := w.see(t, wardClerk, at, http.StatusOK); bytes.Contains([]byte(body), []byte("ban=")) {
			t.Error("a draft has issued versions")
		}
		w.file(t, wardClerk, at+"/tai-ve?dang=pdf") // as it stands
		w.Issue(r)
		issue, err := w.Letters.LoadIssued(ctx, w.DB, r.ID)
		w.Must(err)
		f, err := w.Letters.OpenIssue(ctx, issue)
		w.Must(err)
		printed, err := io.ReadAll(f)
		w.Must(err)
		w.Must(f.Close())
		signed := pdfsigntest.New(t, "Nguyễn Văn Mẫu", "Ủy ban nhân dân Mẫu", nil).Sign(t, printed)
		_, err = w.Letters.IssueUploaded(ctx, clerk, r.ID, letter.UploadInput{File: bytes.NewReader(signed), Name: "da-ky.pdf"}, nil)
		w.Must(err)
		_, err = w.Progress.Send(ctx, w.Actor(person.Leader, w.Of("20011")), r.ID)
		w.Must(err)

		for _, who := range []string{townClerk, wardClerk} {
			w.see(t, who, at, http.StatusOK, "da-ky.pdf", "Nội dung nguyên vẹn", "Nguyễn Văn Mẫu", at+"/tai-ve?dang=pdf&ban=1")
			if !bytes.Equal(w.file(t, who, at+"/tai-ve?dang=pdf"), signed) {
				t.Errorf("%s does not get the file that was signed", who)
			}
			if !bytes.Equal(w.file(t, who, at+"/tai-ve?dang=pdf&ban=1"), printed) {
				t.Errorf("%s does not get the version before", who)
			}
		}
		w.see(t, townClerk, at+"/tai-ve?dang=pdf&ban=7", http.StatusNotFound)
		w.see(t, otherClerk, at+"/tai-ve?dang=pdf&ban=1", http.StatusForbidden)
	})
}
