package reporting_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/person"
	"sachhon/internal/progress"
)

// wire is the partner: it keeps how many packages were sent, and may refuse.
type wire struct {
	sent    [][]byte
	refuses bool
}

func (w *wire) Send(_ context.Context, p exchange.Parcel) (string, error) {
	if w.refuses {
		return "", &exchange.Refusal{Code: exchange.UnknownReceiver, Text: "Chưa có đơn vị này"}
	}
	w.sent = append(w.sent, p.Body)
	return "da-nhan", nil
}

func (w *wire) Fetch(context.Context, func(context.Context, []byte) (exchange.Answer, error)) error {
	return nil
}

// The page of a report to a unit of another system says before it is sent which way it will go, then how it went and why it
// did not, and what the receiver tells of it.
func TestAReportToAnotherSystem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,doi-tac\n20011,000.01.00.H57,\n"))
		w.Must(err)
		w.wire.refuses = true
		r, err := w.Progress.Draft(t.Context(), w.people[wardClerk], progress.DraftInput{
			ID: w.IDs.New(), Unit: w.Of("20011").ID, About: progress.Subject{Letter: w.Letter.ID}, Round: progress.Final,
			Period: progress.Period{From: "2024-06-01", To: "2024-06-06"},
		})
		w.Must(err)
		page := "/don-vi/bao-cao/" + string(r.ID)
		w.see(t, wardClerk, page, http.StatusOK, "Cơ quan nhận dùng hệ thống khác", "Trục thử")
		issued := w.Issue(r)
		if code, _, to := w.do(wardClerk, http.MethodPost, page+"/gui", nil); code != http.StatusSeeOther || to != page {
			t.Fatalf("sending: %d to %q", code, to)
		}
		w.see(t, wardClerk, page, http.StatusOK, "Gửi qua liên thông", "Đang chờ")
		w.Must(w.Queue.Drain(t.Context()))
		body := w.see(t, wardClerk, page, http.StatusOK, "Chưa có đơn vị này", "Lỗi", "Thử lại", "Xem gói tin")
		_, rest, _ := strings.Cut(body, `action="/don-vi/lien-thong/`)
		retry, _, _ := strings.Cut(rest, `"`)
		if !strings.HasSuffix(retry, "/thu-lai") {
			t.Fatalf("it cannot be tried again: %q", retry)
		}
		if got := w.see(t, townClerk, page, http.StatusOK, "Gửi qua liên thông"); strings.Contains(got, "Thử lại") || strings.Contains(got, "/don-vi/lien-thong/") {
			t.Error("the receiver is offered what is the sender's")
		}
		d, _, err := w.exchange.Delivered(t.Context(), r.ID)
		w.Must(err)
		w.wire.refuses = false
		_, err = w.exchange.Retry(t.Context(), w.people[wardClerk], d.ID)
		w.Must(err)
		w.Must(w.Queue.Drain(t.Context()))
		if body := w.see(t, wardClerk, page, http.StatusOK, "Xong", "Đã gửi"); strings.Contains(body, "Cơ quan nhận đã báo") {
			t.Error("the receiver told nothing yet")
		}
		if len(w.wire.sent) != 1 {
			t.Errorf("%d packages went out", len(w.wire.sent))
		}

		status, err := edxml.Write(edxml.Message{Report: &edxml.Report{
			For:  edxml.Reference{DocumentID: edxml.NewDocumentID("000.01.00.H57", clock.Day(issued.Fields.Date.String()), issued.Symbol())},
			From: edxml.Organ{ID: "000.00.00.H57"}, Status: edxml.StatusReceived, At: clock.At(w.Clock.Now()).Add(time.Hour), Words: "Số đến 12",
		}})
		w.Must(err)
		strange := strings.Replace(string(status), "StatusCode>03<", "StatusCode>77<", 1)
		for _, text := range []string{string(status), strange} {
			_, err := w.exchange.Accept(t.Context(), w.exchange.Partners()[0], []byte(text))
			w.Must(err)
		}
		w.Must(w.Queue.Drain(t.Context()))
		w.see(t, wardClerk, page, http.StatusOK, "Đã tiếp nhận", "Cơ quan nhận đã báo", "Số đến 12", "Mã 77")
	})
}

// Of a unit that is reached over another system no report is missed.
func TestAUnitOfAnotherSystemOwesNoReport(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,\n20017,000.03.00.H57,doi-tac\n"))
		w.Must(err)
		w.Send("20011", "20017")
		reception := "/don-vi/bao-cao/nhan?don-vi=" + string(w.Town.ID) + "&van-ban=" + string(w.Letter.ID)
		w.see(t, townClerk, reception, http.StatusOK, "Liên thông – chỉ theo dõi được tình trạng", "trên 1")
	})
}
