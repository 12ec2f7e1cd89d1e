package portal

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/report"
	"sachhon/internal/web"
)

// document sends a challenge's file for download.
func (p *portal) document(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "challenge.fault.noDocument")
	if err != nil {
		return err
	}
	d, file, err := p.Challenges.OpenDocument(r.Context(), everybody, id)
	if err != nil {
		return missing(err, "challenge.fault.noDocument")
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", d.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.FileName}))
	h.Set("Cache-Control", "public, max-age=86400")
	send(w, r, file, d.SHA256, d.CreatedAt)
	return nil
}

// photo sends a derivative of a photo that everybody may see. Its address never shows another picture; it is asked for
// again after a week, since a result can be taken back.
func (p *portal) photo(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "report.fault.noPhoto")
	if err != nil {
		return err
	}
	size := report.Size(r.PathValue("size"))
	if size != report.Thumb && size != report.Large {
		return fault.NotFound.With("report.fault.noPhoto")
	}
	file, err := p.Reports.OpenPhoto(r.Context(), everybody, id, size)
	if err != nil {
		return missing(err, "report.fault.noPhoto")
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", file.MediaType)
	h.Set("Cache-Control", "public, max-age=604800, immutable")
	send(w, r, file, file.SHA256+"-"+string(size), file.At)
	return nil
}

func send(w http.ResponseWriter, r *http.Request, file io.ReadSeeker, etag string, at clock.Time) {
	web.Slowly(w)
	w.Header().Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", at.Time, file)
}

// missing answers for what not everybody may see as for what does not exist.
func missing(err error, key string) error {
	if errors.Is(err, fault.Unauthenticated) || errors.Is(err, fault.Forbidden) {
		return fault.NotFound.With(key).Because(err)
	}
	return err
}
