package entrants

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
)

const photoPrefix = "photos."

func photoInput(role report.Role) string { return photoPrefix + string(role) }

func isPhotoInput(name string) bool { return strings.HasPrefix(name, photoPrefix) }

// stored is the answer to a photo that arrived.
type stored struct {
	ID     ident.ID    `json:"id"` // of the photo that is kept, another one when it was there already
	Phase  report.Role `json:"phase"`
	Width  int         `json:"width"`
	Height int         `json:"height"`
	Thumb  string      `json:"thumb"`
}

// putPhoto takes one photo, sent by script. The same photo may be sent again under its identifier without harm.
func (p *pages) putPhoto(w http.ResponseWriter, r *http.Request) error {
	reportID, err := web.PathID(r, "report")
	if err != nil {
		return err
	}
	photoID, err := web.PathID(r, "photo")
	if err != nil {
		return err
	}
	digest, err := contentDigest(r.Header.Get("Content-Digest"))
	if err != nil {
		return err
	}
	name, err := url.PathUnescape(r.Header.Get("X-File-Name"))
	if err != nil {
		return fault.Malformed.With("").Because(err)
	}
	photo, err := p.Reports.AddPhoto(r.Context(), web.ActorOf(r.Context()), reportID, report.PhotoInput{
		ID: photoID, Role: report.Role(r.URL.Query().Get("phase")), FileName: name, ClaimedSHA256: digest, Reader: r.Body,
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(stored{
		ID: photo.ID, Phase: photo.Role, Width: photo.Width, Height: photo.Height,
		Thumb: reportview.Under(photoBase)(photo.ID, report.Thumb),
	})
}

// contentDigest reads the SHA-256 of RFC 9530's header as hexadecimal, "" when the sender gave none.
func contentDigest(header string) (string, error) {
	for part := range strings.SplitSeq(header, ",") {
		value, ok := strings.CutPrefix(strings.TrimSpace(part), "sha-256=:")
		if !ok {
			continue
		}
		sum, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(value, ":"))
		if err != nil || len(sum) != 32 {
			return "", fault.Malformed.With("").Because(err)
		}
		return hex.EncodeToString(sum), nil
	}
	return "", nil
}

// takePhoto keeps a photo that travelled with the form. What is wrong with it stands beside its input, named by its
// file; the others are kept.
func (p *pages) takePhoto(r *http.Request, arrived *form.Form, reportID ident.ID, input, name string, body io.Reader) error {
	role, ok := strings.CutPrefix(input, photoPrefix)
	if !ok {
		return nil
	}
	_, err := p.Reports.AddPhoto(r.Context(), web.ActorOf(r.Context()), reportID, report.PhotoInput{
		Role: report.Role(role), FileName: name, Reader: body,
	})
	switch kind := fault.KindOf(err); kind {
	case fault.Invalid, fault.TooLarge, fault.Unsupported:
		arrived.AddKind(kind, input, "entrants.photo.refused", "Name", lang.Clean(name), "Why", form.Words(r.Context(), err))
		return nil
	case fault.Conflict: // the report was sent in meanwhile, perhaps by the same form
		return arrived.Take(err)
	}
	return err
}

// removePhoto gives up the photo that the address names; one that is gone already is no fault.
func (p *pages) removePhoto(r *http.Request, reportID ident.ID) error {
	id, err := ident.Parse(r.URL.Query().Get("remove"))
	if err != nil {
		return fault.Malformed.With("").Because(err)
	}
	return p.Reports.RemovePhoto(r.Context(), web.ActorOf(r.Context()), reportID, id)
}
