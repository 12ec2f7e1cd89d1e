package reportview

import (
	"net/http"
	"strconv"
	"time"

	"sachhon/internal/ident"
	"sachhon/internal/report"
	"sachhon/internal/web"
)

// Serve answers GET requests for one size of the photos; the photo is the path's "photo". The bytes behind an address
// never change, but whoever may see them does: caches keep them for the person alone, and ask again after an hour.
func Serve(reports *report.Service, size report.Size) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := ident.Parse(r.PathValue("photo"))
		if err != nil {
			return errNoPhoto
		}
		file, err := reports.OpenPhoto(r.Context(), web.ActorOf(r.Context()), id, size)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }() // it was only read
		h := w.Header()
		h.Set("Content-Type", file.MediaType)
		h.Set("Cache-Control", "private, max-age=3600")
		h.Set("ETag", strconv.Quote(file.SHA256[:32]+"-"+string(size)))
		if size == report.Original {
			h.Set("Content-Disposition", "inline; filename="+strconv.Quote(string(id)))
		}
		http.ServeContent(w, r, "", time.Time{}, file)
		return nil
	}
}

// Addresses says where an audience's pages find a size of a photo.
type Addresses func(photo ident.ID, size report.Size) string

// Under returns the addresses below a base, such as "/doi/anh/".
func Under(base string) Addresses {
	return func(photo ident.ID, size report.Size) string { return base + string(photo) + "/" + string(size) }
}
