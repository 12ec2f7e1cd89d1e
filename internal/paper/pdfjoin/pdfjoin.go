// Package pdfjoin puts pages behind those of a PDF that came from elsewhere, which stay as they are: nothing is set anew, and
// what was drawn in fields of a form, a signature above all, stays visible without being a field any more, because a file
// that has grown no longer carries the signature.
package pdfjoin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Limits of a file from elsewhere. Streams of pages are passed on as they are; only what holds the structure is unpacked.
const (
	maxStream  = 64 << 20
	maxObjects = 500_000
	maxDepth   = 100
)

// ErrBroken says that the PDF cannot be added to: it is damaged, or locked with a password.
var ErrBroken = errors.New("pdfjoin: not a PDF that can be added to")

// Append writes the pages of the first file and, behind them, those of the second, which is ours.
func Append(w io.Writer, first, second []byte, made time.Time) (err error) {
	defer func() { // a parser of strangers' bytes that stumbles ends this file, not the program
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrBroken, r)
		}
	}()
	to, err := read(first)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := flatten(to); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	from, err := read(second)
	if err != nil {
		return fmt.Errorf("pdfjoin: read the pages to be added: %w", err)
	}
	if to.XRefTable.Version() < model.V20 {
		to.EnsureVersionForWriting()
	}
	if err := pdfcpu.MergeXRefTables("", from, to, false, false); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	var out bytes.Buffer
	if err := api.WriteContext(to, &out); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if _, err := w.Write(dated(out.Bytes(), made)); err != nil {
		return fmt.Errorf("pdfjoin: %w", err)
	}
	return nil
}

func read(file []byte) (*model.Context, error) {
	return api.ReadAndValidate(bytes.NewReader(file), config())
}

// config reads nothing from the disk or the network.
func config() *model.Configuration {
	api.DisableConfigDir()
	c := model.NewDefaultConfiguration()
	c.Cmd, c.ValidationMode, c.Offline = model.MERGECREATE, model.ValidationRelaxed, true
	c.CreateBookmarks, c.WriteObjectStream, c.WriteXRefStream = false, false, false
	c.Limits.MaxStreamBytes, c.Limits.MaxDecodeBytes = maxStream, maxStream
	c.Limits.MaxObjectCount, c.Limits.MaxXRefEntries, c.Limits.MaxObjectStreamCount = maxObjects, maxObjects, maxObjects
	c.Limits.MaxRecursionDepth = maxDepth
	return c
}

// flatten makes marks of the fields of a form: they look as before, and are nothing that a program would fill in or check.
func flatten(ctx *model.Context) error {
	for _, entry := range ctx.Table {
		d, ok := entry.Object.(types.Dict)
		if !ok || entry.Free || d.Subtype() == nil || *d.Subtype() != "Widget" {
			continue
		}
		d["Subtype"] = types.Name("Stamp")
		for _, key := range []string{"FT", "V", "DV", "T", "TU", "TM", "Ff", "Parent", "MK", "A", "AA", "DA", "Lock", "SV"} {
			delete(d, key)
		}
	}
	root, err := ctx.Catalog()
	if err != nil {
		return err
	}
	for _, key := range []string{"AcroForm", "Perms", "OpenAction", "AA"} {
		delete(root, key)
	}
	ctx.Form = nil
	return nil
}

var reDate = regexp.MustCompile(`/(CreationDate|ModDate)\(D:\d{14}[+-]\d\d'\d\d'\)`)

// dated writes the time at which the file is made in place of the machine's.
func dated(file []byte, made time.Time) []byte {
	day := made.UTC().Format("20060102150405") + "+00'00'"
	return reDate.ReplaceAll(file, []byte("/${1}(D:"+day+")"))
}
