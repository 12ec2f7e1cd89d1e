package carry_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/exchange"
	"sachhon/internal/exchange/carry"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
)

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	f, err := carry.OpenFolder(dir, 100)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	for range 2 { // the same again replaces it
		if _, err := f.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Body: []byte("gói")}); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, filepath.Join(dir, "out")); !slices.Equal(got, []string{"a.edxml"}) {
		t.Errorf("out: %v", got)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, "in", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("1.edxml", "tốt")
	put("2.edxml", "xấu")
	put("3.edxml", "hỏng")
	put(".4.edxml", "đang ghi")
	put("5.edxml.part", "đang ghi")
	put("6.edxml", strings.Repeat("x", 200))
	put("8.edxml", "mật")
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "in", "7.edxml")); err != nil {
		t.Fatal(err)
	}
	var seen []string
	accept := func(_ context.Context, body []byte) (exchange.Answer, error) {
		seen = append(seen, string(body[:min(len(body), 110)]))
		switch {
		case string(body) == "hỏng":
			return exchange.Answer{}, errors.New("the database is away")
		case string(body) == "mật": // is kept nowhere
			return exchange.Answer{Code: exchange.BadFile, Fault: fault.Invalid.With(letter.SecretFault)}, nil
		case string(body) == "xấu", len(body) > 100:
			return exchange.Answer{Code: exchange.BadFile}, nil
		}
		return exchange.Answer{}, nil
	}
	if err := f.Fetch(t.Context(), accept); err == nil || !strings.Contains(err.Error(), "3.edxml") {
		t.Errorf("%v", err)
	}
	if len(seen) != 5 || len(seen[3]) != 101 {
		t.Errorf("seen %q", seen)
	}
	for folder, want := range map[string][]string{
		"in": {".4.edxml", "3.edxml", "5.edxml.part", "7.edxml"}, "done": {"1.edxml"}, "failed": {"2.edxml", "6.edxml"},
	} {
		if got := names(t, filepath.Join(dir, folder)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", folder, got, want)
		}
	}
	put("1.edxml", "tốt")
	if err := f.Fetch(t.Context(), accept); err == nil {
		t.Error("3.edxml still fails")
	}
	if got := names(t, filepath.Join(dir, "done")); !slices.Equal(got, []string{"1.edxml", "2-1.edxml"}) {
		t.Errorf("done: %v", got)
	}
}

// axis is a small gateway of ours with the errors that real ones have.
type axis struct {
	waiting map[string]string // docId to package
	updated map[string]string
	sent    []string
	mode    string
}

func (a *axis) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	say := func(status int, v any) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	if r.Header.Get("X-SystemId") != "H57.00" || r.Header.Get("X-SecretKey") != "bi-mat" {
		say(http.StatusUnauthorized, map[string]any{"success": false, "message": "Loi", "data": map[string]any{"errorCode": "15", "errorDesc": "Sai SecretKey"}})
		return
	}
	switch a.mode {
	case "half":
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"success":true,"da`)
		return
	case "html":
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>502</html>")
		return
	case "slow":
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
		return
	case "redirect":
		http.Redirect(w, r, "https://elsewhere.example/", http.StatusTemporaryRedirect)
		return
	case "18", "20", "22", "23":
		say(http.StatusOK, map[string]any{"status": "FAIL", "errorCode": json.Number(a.mode), "errorDesc": "lỗi " + a.mode})
		return
	}
	switch r.URL.Path {
	case "/api/v1/sendEdoc":
		f, _, err := r.FormFile("edocFile")
		if err != nil {
			say(http.StatusBadRequest, map[string]any{"success": false})
			return
		}
		body, _ := io.ReadAll(f)
		a.sent = append(a.sent, r.FormValue("messageType")+":"+string(body))
		say(http.StatusOK, map[string]any{"success": true, "message": "OK", "docId": "uuid-1"})
	case "/api/v1/getReceivedEdocList":
		list := []map[string]string{}
		for id := range a.waiting {
			if strings.HasPrefix(id, r.FormValue("messagetype")) {
				list = append(list, map[string]string{"docId": id, "status": a.updated[id]})
				list = append(list, map[string]string{"docId": id, "status": a.updated[id]}) // some list twice
			}
		}
		say(http.StatusOK, map[string]any{"success": true, "data": list})
	case "/api/v1/getEdoc":
		say(http.StatusOK, map[string]any{"success": true, "data": map[string]string{"edxml": a.waiting[r.FormValue("docId")]}})
	case "/api/v1/updateStatus":
		var note struct{ DocID, Status string }
		_ = json.NewDecoder(r.Body).Decode(&note)
		a.updated[note.DocID] = note.Status
		say(http.StatusOK, map[string]any{"success": true, "message": "OK"})
	default:
		say(http.StatusNotFound, map[string]any{"success": false})
	}
}

func gateway(t *testing.T, way exchange.Way, secret exchange.Secret) (*axis, *carry.Gateway) {
	t.Helper()
	a := &axis{waiting: map[string]string{}, updated: map[string]string{}}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	return a, carry.NewGateway(exchange.Partner{ID: "truc", Way: way, URL: server.URL + "/api/", SystemID: "H57.00", Secret: secret}, 1<<20)
}

func TestTheGatewayIsAskedAndTold(t *testing.T) {
	a, g := gateway(t, exchange.ByAxis, "bi-mat")
	remote, err := g.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Kind: exchange.ReportKind, Body: []byte("<x/>")})
	if err != nil || remote != "uuid-1" || !slices.Equal(a.sent, []string{"status:<x/>"}) {
		t.Errorf("%q, %v, %v", remote, err, a.sent)
	}
	a.waiting = map[string]string{"edoc-1": "<tốt/>", "edoc-2": "PHjhuqV1Lz4=", "status-1": "<hỏng/>", "status-2": ""}
	var seen []string
	accept := func(_ context.Context, body []byte) (exchange.Answer, error) {
		seen = append(seen, string(body))
		switch string(body) {
		case "<hỏng/>":
			return exchange.Answer{}, errors.New("the database is away")
		case "<xấu/>":
			return exchange.Answer{Code: exchange.BadFile}, nil
		}
		return exchange.Answer{}, nil
	}
	if err := g.Fetch(t.Context(), accept); err == nil || !strings.Contains(err.Error(), "status-1") || !strings.Contains(err.Error(), "status-2") {
		t.Errorf("%v", err)
	}
	if a.updated["edoc-1"] != "done" || a.updated["edoc-2"] != "fail" || a.updated["status-1"] != "" {
		t.Errorf("told %v", a.updated)
	}
	before := len(seen)
	if err := g.Fetch(t.Context(), accept); err == nil {
		t.Error("what failed does not wait any more")
	}
	if again := seen[before:]; slices.Contains(again, "<tốt/>") || !slices.Contains(again, "<hỏng/>") {
		t.Errorf("the second time %q", again)
	}
}

func TestTheGatewaysFaults(t *testing.T) {
	a, g := gateway(t, exchange.ByPost, "bi-mat")
	for mode, final := range map[string]bool{"18": true, "22": true, "23": true, "20": false} {
		a.mode = mode
		_, err := g.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Body: []byte("x")})
		r, ok := errors.AsType[*exchange.Refusal](err)
		if !ok || r.Code.Final() != final || !strings.Contains(r.Text, "lỗi "+mode) {
			t.Errorf("%s: %v", mode, err)
		}
	}
	for _, mode := range []string{"half", "html", "redirect"} {
		a.mode = mode
		_, err := g.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Body: []byte("x")})
		if _, refused := errors.AsType[*exchange.Refusal](err); err == nil || refused {
			t.Errorf("%s: %v", mode, err)
		}
	}
	a.mode = "slow"
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := g.Send(ctx, exchange.Parcel{Name: "a.edxml", Body: []byte("x")}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("slow: %v", err)
	}
	if err := g.Fetch(t.Context(), nil); err != nil {
		t.Errorf("a partner that posts is asked: %v", err)
	}
	_, wrong := gateway(t, exchange.ByAxis, "khac")
	_, err := wrong.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Body: []byte("x")})
	if r, ok := errors.AsType[*exchange.Refusal](err); !ok || r.Code != exchange.BadSecret || strings.Contains(err.Error(), "khac") {
		t.Errorf("%v", err)
	}
}
