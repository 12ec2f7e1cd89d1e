package asset

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is the path under which Handler must be mounted ("GET " + Prefix).
const Prefix = "/assets/"

//go:embed all:dist
var dist embed.FS

// Set is one build of the assets: the names in its manifest and the files they point to.
type Set struct {
	files    fs.FS
	manifest map[string]string // plain name → hashed name
	known    map[string]bool   // hashed names, so that nothing else of the folder is served
}

// embedded is the build inside this binary; it is read once.
var embedded = sync.OnceValues(func() (*Set, error) { return Open(Files()) })

// Open reads the manifest.json of a build. A folder without one is an empty set: the program then runs without style,
// which only happens when the assets were not built before the binary.
func Open(files fs.FS) (*Set, error) {
	s := &Set{files: files, manifest: map[string]string{}, known: map[string]bool{}}
	raw, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("asset: manifest.json: %w", err)
	}
	if err := json.Unmarshal(raw, &s.manifest); err != nil {
		return nil, fmt.Errorf("asset: manifest.json: %w", err)
	}
	for _, hashed := range s.manifest {
		s.known[hashed] = true
	}
	return s, nil
}

// URL is the address of an asset of this binary, e.g. URL("app.css"). An unknown name gives an address that answers
// 404, so that a page still renders.
func URL(name string) string {
	s, err := embedded()
	if err != nil {
		return Prefix + name
	}
	return s.URL(name)
}

// Handler serves the assets of this binary.
func Handler() (http.Handler, error) {
	s, err := embedded()
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Licences is the text of the licences of everything inside this binary, as the build collected it.
func Licences() ([]byte, error) {
	s, err := embedded()
	if err != nil {
		return nil, err
	}
	name, ok := s.manifest["licences.txt"]
	if !ok {
		return nil, errors.New("asset: this binary was built without its assets; make build builds both")
	}
	return fs.ReadFile(s.files, name)
}

// Built says whether this binary carries built assets at all.
func Built() bool {
	s, err := embedded()
	return err == nil && len(s.manifest) > 0
}

// URL is the address of one asset of the set.
func (s *Set) URL(name string) string {
	if hashed, ok := s.manifest[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// types are written out because the system's table of media types differs from machine to machine.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".map":   "application/json",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".png":   "image/png",
	".txt":   "text/plain; charset=utf-8",
	".jpg":   "image/jpeg",
	".webp":  "image/webp",
}

// ServeHTTP answers with the best encoding the client takes, marked as never changing.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	if !s.known[name] {
		http.NotFound(w, r)
		return
	}
	body, encoding, err := s.read(name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	if t, ok := types[path.Ext(name)]; ok {
		h.Set("Content-Type", t)
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Add("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("ETag", strconv.Quote(name+encoding))
	if r.Header.Get("If-None-Match") == h.Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// A failed write means that the reader went away; there is nobody left to tell.
	_, _ = w.Write(body)
}

// read picks the smallest stored form that the client accepts. Fonts and photos have no compressed form.
func (s *Set) read(name, accept string) (body []byte, encoding string, err error) {
	for _, c := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(accept, c.encoding) {
			continue
		}
		if body, err := fs.ReadFile(s.files, name+c.suffix); err == nil {
			return body, c.encoding, nil
		}
	}
	body, err = fs.ReadFile(s.files, name)
	return body, "", err
}

// accepts reads an Accept-Encoding header; a quality of zero is a refusal.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !found {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}

// Files is the embedded build, for tools that copy it elsewhere.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded; it cannot be missing at run time
	}
	return sub
}
