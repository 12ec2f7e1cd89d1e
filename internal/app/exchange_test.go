package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
)

// The partner of these tests, and what it shows and is shown.
const (
	edocPath   = "/api/exchange/v1/sendEdoc"
	partnerID  = "truc"
	partnerKey = "mot bi mat du dai"
	wardOrgan  = "000.01.00.H57"
	otherOrgan = "000.05.00.H57"
)

// withPartner lets the configuration exchange letters with a system at the address; a megabyte is its largest package.
func withPartner(t *testing.T, cfg config.Config, address string) config.Config {
	t.Helper()
	path := filepath.Join(t.TempDir(), "partners.json")
	text := fmt.Sprintf(`{"partners": [{"id": %q, "name": "Trục thử", "way": "http", "url": %q, "system_id": "H57", "secret": "bi mat cua ta", "accepts": %q}]}`,
		partnerID, address, partnerKey)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg.Exchange = exchange.Config{Partners: path, MaxMB: 1}
	return cfg
}

// codes makes the town known, and the ward as reached over the partner or as one of ours.
func codes(s *apptest.Scene, wardOutside bool) {
	s.TB.Helper()
	partner := ""
	if wardOutside {
		partner = partnerID
	}
	_, err := s.Exchange.ImportCodes(s.TB.Context(), person.SystemActor, strings.NewReader(
		apptest.Town+",000.00.00.H57,\n"+apptest.Ward+","+wardOrgan+","+partner+"\n"))
	s.Must(err)
}

func edoc(t *testing.T, number, to string) []byte {
	t.Helper()
	body, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
		From: edxml.Organ{ID: otherOrgan, Name: "Sở Thử nghiệm"}, To: []edxml.Organ{{ID: to}}, Number: number, Notation: "STN-VP", Place: "Huế",
		Date: "2024-06-03", TypeName: "Công văn", Subject: "Triển khai đợt ra quân", Signer: edxml.Signer{Position: "GIÁM ĐỐC", Name: "Nguyễn Văn Mẫu"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// edocForm is a package as gateways post it.
func edocForm(t *testing.T, body []byte) (contentType string, _ *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	if err := form.WriteField("messageType", "edoc"); err != nil {
		t.Fatal(err)
	}
	file, err := form.CreateFormFile("edocFile", "goi-tin.edxml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return form.FormDataContentType(), &out
}

type edocAnswer struct {
	Success bool
	DocID   string
	Data    struct{ ErrorCode int }
}

func TestTheDoorForPackages(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			cfg := withPartner(t, apptest.Config(testkit.URL(t, engine), t.TempDir()), "")
			s := apptest.NewScene(apptest.Open(t, cfg, clock.NewSet(testkit.Begin)))
			codes(s, false)
			post := func(id, key, contentType string, body io.Reader) (int, edocAnswer) {
				r := httptest.NewRequest(http.MethodPost, apptest.BaseURL+edocPath, body)
				r.Header.Set("Content-Type", contentType)
				r.Header.Set("X-SystemId", id)
				r.Header.Set("X-SecretKey", key)
				w := s.Do(r)
				var a edocAnswer
				if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil && w.Code < 500 {
					t.Errorf("answered with %d %q", w.Code, w.Body)
				}
				return w.Code, a
			}
			good := edoc(t, "77", wardOrgan)
			kind, form := edocForm(t, good)
			whole := form.Bytes()
			for name, c := range map[string]struct {
				id, key, kind string
				body          []byte
				status, code  int
			}{
				"no secret":                {"", "", kind, whole, 401, 15},
				"a wrong secret":           {partnerID, "khong phai the nay", kind, whole, 401, 15},
				"the secret of ours":       {partnerID, "bi mat cua ta", kind, whole, 401, 15},
				"an unknown partner":       {"la", partnerKey, kind, whole, 401, 15},
				"too large":                {partnerID, partnerKey, "application/xml", append(bytes.Clone(good), make([]byte, 1<<20)...), 422, 10},
				"cut off":                  {partnerID, partnerKey, kind, whole[:len(whole)/2], 422, 10},
				"a package that is cut":    {partnerID, partnerKey, "application/xml", good[:len(good)/2], 422, 10},
				"another kind of file":     {partnerID, partnerKey, "application/pdf", []byte("%PDF-1.7 không phải gói tin"), 422, 10},
				"a form without a file":    {partnerID, partnerKey, "multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"), 422, 10},
				"a form without its bound": {partnerID, partnerKey, "multipart/form-data", whole, 422, 10},
				"nothing":                  {partnerID, partnerKey, "application/xml", nil, 422, 10},
				"for nobody here":          {partnerID, partnerKey, "application/xml", edoc(t, "78", "000.99.00.H57"), 404, 18},
			} {
				if status, a := post(c.id, c.key, c.kind, bytes.NewReader(c.body)); status != c.status || a.Data.ErrorCode != c.code || a.Success {
					t.Errorf("%s: %d, %+v; want %d and code %d", name, status, a, c.status, c.code)
				}
			}
			status, first := post(partnerID, partnerKey, kind, bytes.NewReader(whole))
			if status != http.StatusOK || !first.Success || first.DocID == "" {
				t.Fatalf("a good package: %d, %+v", status, first)
			}
			if status, again := post(partnerID, partnerKey, "application/xml", bytes.NewReader(good)); status != http.StatusOK || again.DocID != first.DocID {
				t.Errorf("the same again, packed otherwise: %d, %+v", status, again)
			}
			s.Drain()
			cameOnce(t, s, s.App, "77/STN-VP")
		})
	}
}

// TestStatusesThroughTheDoor posts what a receiver outside tells, out of order, twice and with a code of its own: each is
// kept once and seen, and the dispatch stands where all of it together says.
func TestStatusesThroughTheDoor(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, `{"success": true, "message": "OK", "docId": "x-1"}`)
			}))
			t.Cleanup(there.Close)
			s := apptest.NewScene(apptest.Open(t, withPartner(t, apptest.Config(testkit.URL(t, engine), t.TempDir()), there.URL), clock.NewSet(testkit.Begin)))
			codes(s, true)
			l := sendOutside(t, s)
			s.Drain()
			post := func(code, about string) (int, edocAnswer) {
				data, err := edxml.Write(edxml.Message{Report: &edxml.Report{
					For:  edxml.Reference{DocumentID: edxml.DocumentID("000.00.00.H57," + strings.ReplaceAll(l.Fields.Date.String(), "-", "/") + "," + about)},
					From: edxml.Organ{ID: wardOrgan}, Status: edxml.StatusReceived, At: clock.At(s.Clock.Now()), Staff: edxml.Staff{Department: "Văn thư"},
				}})
				s.Must(err)
				kind, form := edocForm(t, bytes.Replace(data, []byte("StatusCode>03<"), []byte("StatusCode>"+code+"<"), 1))
				r := httptest.NewRequest(http.MethodPost, apptest.BaseURL+edocPath, form)
				r.Header.Set("Content-Type", kind)
				r.Header.Set("X-SystemId", partnerID)
				r.Header.Set("X-SecretKey", partnerKey)
				w := s.Do(r)
				var a edocAnswer
				s.Must(json.Unmarshal(w.Body.Bytes(), &a))
				return w.Code, a
			}
			ids := map[string]string{}
			for _, code := range []string{"05", "01", "42", "03", "42", "01", "05"} {
				status, a := post(code, l.Symbol())
				if status != http.StatusOK || !a.Success || ids[code] != "" && ids[code] != a.DocID {
					t.Errorf("%s: %d, %+v, before as %s", code, status, a, ids[code])
				}
				ids[code] = a.DocID
				s.Drain()
			}
			status, lost := post("03", "9999/UBND-VH")
			if status != http.StatusOK { // it is kept, and then found to be about nothing
				t.Errorf("about a letter that never went out: %d, %+v", status, lost)
			}
			s.Drain()
			seen := func(face, path string, code int, holds ...string) {
				t.Helper()
				w := s.Get(path, s.Face(face).Token)
				if w.Code != code {
					t.Fatalf("%s as %s: %d", path, face, w.Code)
				}
				for _, text := range holds {
					if !strings.Contains(w.Body.String(), text) {
						t.Errorf("%s as %s lacks %q", path, face, text)
					}
				}
			}
			list := "/don-vi/lien-thong?chieu=in&don-vi=" + string(s.Unit(apptest.Town))
			seen("town clerk", list, http.StatusOK, "Mã 42", l.Symbol())
			if n := strings.Count(s.Get(list, s.Face("town clerk").Token).Body.String(), `href="/don-vi/lien-thong/`); n != len(ids) {
				t.Errorf("%d statuses are listed, want %d", n, len(ids))
			}
			seen("town clerk", "/don-vi/lien-thong/"+ids["42"], http.StatusOK, "Mã 42", wardOrgan)
			seen("other clerk", "/don-vi/lien-thong/"+ids["42"], http.StatusForbidden)
			seen("administrator", "/don-vi/lien-thong/"+lost.DocID, http.StatusOK, "9999/UBND-VH", "Thử lại")
			all, err := s.Cascade.OfLetter(t.Context(), s.DB, l.ID)
			if err != nil || len(all) != 1 || all[0].State != cascade.InProgress || !all[0].Outside {
				t.Errorf("the dispatch: %+v, %v", all, err)
			}
		})
	}
}

// cameOnce checks that the ward has exactly one letter with the symbol, under one name.
func cameOnce(t *testing.T, s *apptest.Scene, node *apptest.App, symbol string) {
	t.Helper()
	in, err := node.Cascade.Inbox(t.Context(), s.Face("clerk").Actor, s.Unit(apptest.Ward), 50)
	s.Must(err)
	n := 0
	for _, it := range in.Items {
		if it.Letter.Symbol() == symbol {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%s came %d times", symbol, n)
	}
}

// slowPartner takes packages, the first only after it was told to; it keeps all it was sent.
type slowPartner struct {
	mu      sync.Mutex
	bodies  [][]byte
	arrived chan struct{} // the first is here, and not answered yet
	free    chan struct{}
}

func (p *slowPartner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("edocFile")
	if err != nil {
		http.Error(w, "no file", http.StatusBadRequest)
		return
	}
	body, err := io.ReadAll(file)
	if err != nil {
		http.Error(w, "cut", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.bodies = append(p.bodies, body)
	first := len(p.bodies) == 1
	p.mu.Unlock()
	if first {
		close(p.arrived)
		<-p.free
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"success": true, "message": "OK", "docId": "x-1"}`)
}

// TestPackagesSurviveAKill kills a server after it handed a package over and before it knew, and after it answered that it
// keeps one that came; the next one ends both: nothing is lost, and nothing is there twice.
func TestPackagesSurviveAKill(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			partner := &slowPartner{arrived: make(chan struct{}), free: make(chan struct{})}
			there := httptest.NewServer(partner)
			t.Cleanup(there.Close)
			cfg := withPartner(t, apptest.Config(testkit.URL(t, engine), t.TempDir()), there.URL)
			s := apptest.NewScene(apptest.Open(t, cfg, clock.NewSet(testkit.Begin)))
			codes(s, true)
			_, err := s.Exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader(apptest.Elsewhere+",000.02.00.H57,\n"))
			s.Must(err)
			l := sendOutside(t, s)

			server, base := startChild(t, s, cfg)
			select {
			case <-partner.arrived:
			case <-time.After(time.Minute):
				t.Fatal("nothing was sent")
			}
			incoming := edoc(t, "90", "000.02.00.H57")
			r, err := http.NewRequest(http.MethodPost, base+edocPath, bytes.NewReader(incoming))
			s.Must(err)
			r.Header.Set("Content-Type", "application/xml")
			r.Header.Set("X-SystemId", partnerID)
			r.Header.Set("X-SecretKey", partnerKey)
			w, err := (&http.Client{Timeout: time.Minute}).Do(r)
			s.Must(err)
			_ = w.Body.Close()
			if w.StatusCode != http.StatusOK {
				t.Fatalf("the package is answered with %d", w.StatusCode)
			}
			s.Must(server.Process.Kill())
			_ = server.Wait() // it was killed
			close(partner.free)
			if m := outgoing(t, s.App, l.ID); len(m) != 1 || m[0].State != exchange.Waiting || m[0].FileKey == "" {
				t.Fatalf("after the kill: %+v", m)
			}

			clk := clock.NewSet(afterScene.Add(time.Hour)) // later than a job may run
			again := apptest.Open(t, cfg, clk)
			again.Drain()
			if m := outgoing(t, again, l.ID); len(m) != 1 || m[0].State != exchange.Done || m[0].Remote != "x-1" {
				t.Errorf("after the next start: %+v", m)
			}
			letters := 0
			for _, body := range partner.bodies {
				if reading, err := edxml.Read(bytes.NewReader(body), edxml.Limits{}); err == nil && reading.Letter != nil {
					letters++
					if !bytes.Equal(body, partner.bodies[0]) {
						t.Error("it was sent again as another package")
					}
				}
			}
			if letters != 2 {
				t.Errorf("the partner was sent the letter %d times, want it once more after the kill", letters)
			}
			in, err := again.Cascade.Inbox(t.Context(), s.Face("other clerk").Actor, s.Unit(apptest.Elsewhere), 50)
			again.Must(err)
			came := 0
			for _, it := range in.Items {
				if it.Letter.Symbol() == "90/STN-VP" {
					came++
				}
			}
			if came != 1 {
				t.Errorf("what was answered came %d times", came)
			}
			if err := again.Log.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// sendOutside lets the town write to the ward, which is reached over the partner; nothing is sent yet.
func sendOutside(t *testing.T, s *apptest.Scene) letter.Letter {
	t.Helper()
	clerk := s.Face("town clerk").Actor
	text := strings.Replace(lettertest.Text("", "Thông báo trên hệ thống truyền thanh."), "1903", "1999", 1)
	l, err := s.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: s.IDs.New(), Issuer: s.Unit(apptest.Town), Text: text})
	s.Must(err)
	l, err = s.Letters.Register(t.Context(), clerk, l.ID)
	s.Must(err)
	_, err = s.Cascade.Send(t.Context(), clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{s.Unit(apptest.Ward)}}})
	s.Must(err)
	return l
}

// outgoing are the packages that carry a letter.
func outgoing(t *testing.T, a *apptest.App, id ident.ID) []exchange.Message {
	t.Helper()
	list, err := a.Exchange.List(t.Context(), person.SystemActor, exchange.Filter{Direction: exchange.Out, Kind: exchange.LetterKind, Limit: 50})
	a.Must(err)
	var found []exchange.Message
	for _, m := range list.Items {
		if m.LetterID == id {
			found = append(found, m)
		}
	}
	return found
}

// startChild starts a server of its own process, and returns it with its address.
func startChild(t *testing.T, s *apptest.Scene, cfg config.Config) (*exec.Cmd, string) {
	t.Helper()
	text, err := json.Marshal(cfg)
	s.Must(err)
	self, err := filepath.Abs(os.Args[0])
	s.Must(err)
	server := exec.Command(self)
	server.Env = append(os.Environ(), childConfig+"="+string(text))
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	s.Must(err)
	s.Must(server.Start())
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		_ = server.Wait()
		t.Fatal("the server said nothing")
	}
	return server, lines.Text()
}
