package challenge

import (
	"path"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// DocumentKind says what a document is for.
type DocumentKind string

// The kinds of documents.
const (
	PlanDocument   DocumentKind = "plan"
	LetterDocument DocumentKind = "letter"
	RulesDocument  DocumentKind = "rules"
	FormDocument   DocumentKind = "form"
	OtherDocument  DocumentKind = "other"
)

// DocumentKinds lists the kinds in the order in which they are offered.
var DocumentKinds = []DocumentKind{PlanDocument, LetterDocument, RulesDocument, FormDocument, OtherDocument}

// Document is a file that everybody may download with the challenge.
type Document struct {
	ID        ident.ID     `db:"id"`
	Challenge ident.ID     `db:"challenge_id"`
	Kind      DocumentKind `db:"kind"`
	Title     string       `db:"title"`  // "Kế hoạch tổ chức thử thách"
	Symbol    string       `db:"symbol"` // number and notation when it is an official document: 1518/KH-STTTT
	FileName  string       `db:"file_name"`
	MediaType string       `db:"media_type"`
	Size      int64        `db:"size"`
	SHA256    string       `db:"sha256"`
	CreatedBy ident.ID     `db:"created_by"`
	CreatedAt clock.Time   `db:"created_at"`
}

// MaxDocument is the largest document, in bytes.
const MaxDocument = 20 << 20

// mediaTypes are the kinds of files that are accepted, with what their content begins with. A zip is the inside of
// the office formats.
var mediaTypes = map[string]struct{ mediaType, begins string }{
	".pdf":  {"application/pdf", "%PDF-"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
	".odt":  {"application/vnd.oasis.opendocument.text", "PK\x03\x04"},
	".txt":  {"text/plain; charset=utf-8", ""},
}

// mediaTypeOf tells the type of a file from its name, and refuses when the content begins as something else.
func mediaTypeOf(fileName string, head []byte) (string, bool) {
	kind, ok := mediaTypes[strings.ToLower(path.Ext(fileName))]
	if !ok || !strings.HasPrefix(string(head), kind.begins) {
		return "", false
	}
	if kind.begins == "" && strings.ContainsRune(string(head), 0) {
		return "", false // no text holds a zero byte
	}
	return kind.mediaType, true
}

// cleanFileName keeps the last part of a name that a browser sent and drops what would be odd in a header.
func cleanFileName(name string) string {
	name = lang.Clean(strings.ReplaceAll(name, `\`, "/"))
	name = path.Base(name)
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`"<>|?*:;`, r) {
			return '_'
		}
		return r
	}, name)
	if name == "." || name == "/" {
		return ""
	}
	return name
}
