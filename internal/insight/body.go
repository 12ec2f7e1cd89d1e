package insight

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Body is a document as it goes over the wire. It is never changed and may be shared.
type Body struct {
	// JSON is the document: UTF-8, no white space, members in the order of the types, one line feed at the end.
	JSON []byte
	// ETag is a strong validator of JSON, with its quotes. A server that sends a compressed form appends the coding's
	// name inside the quotes; see Encoded.
	ETag string

	brotli, gzip func() []byte
}

// newBody encodes a document. Compressing waits until somebody asks for it: a challenge in its busiest hour is rebuilt
// more often than each document is read.
func newBody(document any) (*Body, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(document); err != nil {
		return nil, fmt.Errorf("insight: %T: %w", document, err)
	}
	text := b.Bytes()
	sum := sha256.Sum256(text)
	return &Body{
		JSON:   text,
		ETag:   `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
		brotli: sync.OnceValue(func() []byte { return compressBrotli(text) }),
		gzip:   sync.OnceValue(func() []byte { return compressGzip(text) }),
	}, nil
}

// Encoded returns the smallest form that the client's Accept-Encoding allows, the Content-Encoding it has ("" for
// plain) and its ETag.
func (b *Body) Encoded(accept string) (body []byte, coding, etag string) {
	for _, c := range []struct {
		name string
		form func() []byte
	}{{"br", b.brotli}, {"gzip", b.gzip}} {
		if accepts(accept, c.name) {
			return c.form(), c.name, strings.TrimSuffix(b.ETag, `"`) + "-" + c.name + `"`
		}
	}
	return b.JSON, "", b.ETag
}

// accepts tells whether an Accept-Encoding header allows a coding by its name; a weight of 0 refuses it.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(weight, 64)
		return err == nil && q > 0
	}
	return false
}

// brotliQuality is where a tenth of the size costs ten times the time beyond; static assets take the best one.
const brotliQuality = 5

func compressBrotli(text []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotliQuality)
	_, err := w.Write(text)
	return finished(&b, err, w.Close())
}

func compressGzip(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	return finished(&b, err, w.Close())
}

// finished returns what was compressed. Writing to memory does not fail.
func finished(b *bytes.Buffer, errs ...error) []byte {
	for _, err := range errs {
		if err != nil {
			panic("insight: compress: " + err.Error())
		}
	}
	return b.Bytes()
}
