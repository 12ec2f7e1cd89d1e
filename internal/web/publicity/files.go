package publicity

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"

	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
)

// file sends what a product is on paper or as sound.
func (p *pages) file(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	name := r.PathValue("file")
	var body []byte
	kind := "application/pdf"
	switch {
	case product == publicity.Sheet && (name == "a4.pdf" || name == "a3.pdf"):
		body, err = publicity.SheetPDF(pack, name == "a3.pdf")
	case product == publicity.Meeting && name == "trinh-chieu.pdf":
		body, err = publicity.SlidesPDF(pack)
	case product == publicity.Bulletin && name == "kich-ban.txt":
		kind, body = "text/plain; charset=utf-8", []byte(spoken.Text(pack.Texts[product].Parts["script"])+"\n")
	case product == publicity.Bulletin && (name == "ban-tin.wav" || name == "ban-tin.mp3"):
		return p.recording(w, r, pack, name)
	default:
		return fault.NotFound.With("publicity.fault.none")
	}
	if err != nil {
		return err
	}
	send(w, r, kind, fileName(pack, name), bytes.NewReader(body))
	return nil
}

func (p *pages) recording(w http.ResponseWriter, r *http.Request, pack *publicity.Package, name string) error {
	rec, ok, err := p.Speech.Find(r.Context(), pack.Texts[publicity.Bulletin].Parts["script"])
	if err != nil {
		return err
	}
	if !ok {
		return fault.NotFound.With("speech.fault.none")
	}
	compressed := strings.HasSuffix(name, ".mp3")
	f, err := p.Speech.Open(r.Context(), rec, compressed)
	if err != nil {
		return err
	}
	defer f.Close()
	kind := "audio/wav"
	if compressed {
		kind = "audio/mpeg"
	}
	send(w, r, kind, fileName(pack, name), f)
	return nil
}

// fileName tells files of several units apart: tu-ha-a4.pdf.
func fileName(pack *publicity.Package, name string) string {
	return strings.ReplaceAll(lang.Fold(pack.Unit.Name), " ", "-") + "-" + name
}

func send(w http.ResponseWriter, r *http.Request, kind, name string, body io.ReadSeeker) {
	web.Inline(w, kind, name)
	http.ServeContent(w, r, "", time.Time{}, body)
}

// minutes sends the minutes of a meeting, as PDF or to be worked on.
func (p *pages) minutes(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	if product != publicity.Meeting {
		return fault.NotFound.With("publicity.fault.none")
	}
	record, err := web.PathID(r, "record")
	if err != nil {
		return err
	}
	doc, err := p.Publicity.Minutes(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, record)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if r.URL.Query().Get("dang") == "docx" {
		if err := decree.DOCX(&b, doc, decree.Options{}); err != nil {
			return err
		}
		send(w, r, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", fileName(pack, "bien-ban.docx"), bytes.NewReader(b.Bytes()))
		return nil
	}
	if err := decree.PDF(&b, doc, decree.Options{}); err != nil {
		return err
	}
	send(w, r, "application/pdf", fileName(pack, "bien-ban.pdf"), bytes.NewReader(b.Bytes()))
	return nil
}

// minutesLetter makes a letter of the minutes and opens it in the editor.
func (p *pages) minutesLetter(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	record, err := web.PathID(r, "record")
	if err != nil {
		return err
	}
	if product != publicity.Meeting {
		return fault.NotFound.With("publicity.fault.none")
	}
	l, err := p.Publicity.MinutesLetter(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, record)
	if err != nil {
		return err
	}
	return web.Done(w, r, draftURL(l.ID), "publicity.minutes.made")
}
