package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"sachhon/internal/insight"
)

// answer is a document with its validator, ready to be sent.
type answer struct {
	encoded     func(accept string) (body []byte, coding, etag string)
	contentType string
}

// ready is a document that insight prepared.
func ready(b *insight.Body) *answer {
	return &answer{encoded: b.Encoded, contentType: "application/json"}
}

// plain is a document that the middleware compresses if it is worth it: its validator is weak, since what goes over
// the wire may differ.
func plain(body []byte, contentType string) *answer {
	sum := sha256.Sum256(body)
	etag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return &answer{encoded: func(string) ([]byte, string, string) { return body, "", etag }, contentType: contentType}
}

// encode makes a document of a value.
func encode(v any) (*answer, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return plain(b.Bytes(), "application/json"), nil
}

// write sends the document, or 304 to who has it already. Caches ask every time: a new result is seen at once.
func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	body, coding, etag := a.encoded(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("ETag", etag)
	h.Set("Cache-Control", "public, no-cache")
	h.Set("Access-Control-Allow-Origin", "*") // public data, read without cookies
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	_, _ = w.Write(body) // a failed write means that the reader went away
}

// matches tells whether an If-None-Match header names the validator. All codings of a document say the same, so any of
// them will do.
func matches(header, etag string) bool {
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag != "" && opaque(tag) == opaque(etag) {
			return true
		}
	}
	return false
}

// opaque is what is left of a validator without its weakness and its coding.
func opaque(etag string) string {
	etag = strings.Trim(strings.TrimPrefix(etag, "W/"), `"`)
	return strings.TrimSuffix(strings.TrimSuffix(etag, "-br"), "-gzip")
}

// output streams an answer; what it looks like stands in the operation.
type output struct {
	Body func(huma.Context)
}

// get adds an operation whose answer has the form of T. Whatever goes wrong is answered by the site, as on every page.
func get[T, I any](a *api, op huma.Operation, handle func(ctx context.Context, in *I) (*answer, error)) {
	op.Method = http.MethodGet
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	op.Responses = map[string]*huma.Response{
		"200": {
			Description: op.Summary,
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
			Headers: map[string]*huma.Param{
				"ETag": {Description: "Validator of the document, for If-None-Match", Schema: &huma.Schema{Type: "string"}},
			},
		},
		"304": {Description: "Not modified since the answer with the given ETag"},
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*output, error) {
		return &output{Body: func(hc huma.Context) {
			r, w := humago.Unwrap(hc)
			found, err := handle(ctx, in)
			if err != nil {
				a.site.Problem(w, r, err)
				return
			}
			found.write(w, r)
		}}, nil
	})
}
