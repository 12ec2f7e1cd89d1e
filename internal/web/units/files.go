package units

import (
	"bytes"
	"io"
	"net/http"

	"sachhon/internal/clock"
	"sachhon/internal/web"
)

// proof sends the photo or PDF of a record of publicity.
func (p *pages) proof(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "record")
	if err != nil {
		return err
	}
	file, record, err := p.Cascade.PublicityFile(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	defer file.Close()
	return sendFile(w, r, file, record.FileName, record.CreatedAt)
}

// letterFile sends the bytes that a letter came as.
func (p *pages) letterFile(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	file, l, err := p.Letters.File(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	defer file.Close()
	name := l.FileName
	if name == "" {
		name = fileNameOf(l) + ".txt"
	}
	return sendFile(w, r, file, name, l.CreatedAt)
}

// sendFile sends a file that units keep: a proof, or a letter, which may be a text.
func sendFile(w http.ResponseWriter, r *http.Request, file io.ReadSeeker, name string, at clock.Time) error {
	return web.SendFile(w, r, file, name, at, append(web.ProofKinds(), "text/plain; charset=utf-8")...)
}

func sendBytes(w http.ResponseWriter, r *http.Request, data []byte, name string, at clock.Time) error {
	if len(data) == 0 { // there is nothing to tell a kind by
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", attachment(name))
		return nil
	}
	return sendFile(w, r, bytes.NewReader(data), name, at)
}
