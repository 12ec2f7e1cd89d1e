package web

import (
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"sachhon/internal/clock"
)

// patience is how long somebody with a slow connection may take for a file.
const patience = 10 * time.Minute

// Slowly lets the answer take as long as a file may on a slow connection. A server without deadlines, in a test, has nothing to
// extend.
func Slowly(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(clock.System{}.Now().Add(patience))
}

// Attach says that the answer is a file to be saved under a name, of whoever may open it alone.
func Attach(w http.ResponseWriter, kind, name string) { answerFile(w, kind, "attachment", name) }

// Inline says that the answer is a file that the browser may show.
func Inline(w http.ResponseWriter, kind, name string) { answerFile(w, kind, "inline", name) }

func answerFile(w http.ResponseWriter, kind, how, name string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": name}))
	h.Set("Cache-Control", "private, no-cache")
	Slowly(w)
}

// ProofKinds are the kinds of content of proofs that are named to the browser.
func ProofKinds() []string {
	return []string{"image/jpeg", "image/png", "image/webp", "application/pdf"}
}

// SendFile sends a file that somebody handed in to be saved, never to be run: its kind is told by its content, and only if it is
// one of those named; anything else is only bytes.
func SendFile(w http.ResponseWriter, r *http.Request, file io.ReadSeeker, name string, at clock.Time, kinds ...string) error {
	var head [512]byte
	n, err := io.ReadFull(file, head[:])
	if err != nil && n == 0 {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	kind := http.DetectContentType(head[:n])
	if !slices.Contains(kinds, kind) {
		kind = "application/octet-stream"
	}
	Attach(w, kind, name)
	http.ServeContent(w, r, "", at.Time, file)
	return nil
}
