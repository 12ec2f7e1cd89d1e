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

// shown are the kinds of content that are named to the browser; anything else is only bytes.
var shown = map[string]bool{
	"image/jpeg": true, "image/png": true, "image/webp": true, "application/pdf": true, "text/plain; charset=utf-8": true,
}

// sendFile sends a file to be saved, never to be run: its kind is told by its content, and only if it is harmless.
func sendFile(w http.ResponseWriter, r *http.Request, file io.ReadSeeker, name string, at clock.Time) error {
	var head [512]byte
	n, err := io.ReadFull(file, head[:])
	if err != nil && n == 0 {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	kind := http.DetectContentType(head[:n])
	if !shown[kind] {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", attachment(name))
	h.Set("Cache-Control", "private, no-cache")
	// A server without deadlines, in a test, has nothing to extend.
	_ = http.NewResponseController(w).SetWriteDeadline(clock.System{}.Now().Add(download))
	http.ServeContent(w, r, "", at.Time, file)
	return nil
}

func sendBytes(w http.ResponseWriter, r *http.Request, data []byte, name string, at clock.Time) error {
	if len(data) == 0 { // there is nothing to tell a kind by
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", attachment(name))
		return nil
	}
	return sendFile(w, r, bytes.NewReader(data), name, at)
}
