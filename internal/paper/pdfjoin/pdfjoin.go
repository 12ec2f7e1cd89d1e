// Package pdfjoin puts pages behind or before those of a PDF that came from elsewhere, or a stamp on the first of them. They
// stay as they are: nothing is set anew, and what was drawn in fields of a form, a signature above all, stays visible without being a field any more, because a file
// that has grown no longer carries the signature.
//
// Invariant: the file is taken apart in a process of its own, which the system ends when it takes too much time or memory;
// see child.go.
package pdfjoin

import (
	"bytes"
	"context"
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

// ErrHard says that a PDF was given up because it asked for too much time or memory; it is an ErrBroken, too.
var ErrHard = fmt.Errorf("%w within the limits", ErrBroken)

// Append writes the pages of the first file and, behind them, those of the second, which is ours.
func Append(ctx context.Context, w io.Writer, first, second []byte, made time.Time) error {
	return elsewhere(ctx, w, job{How: behind, Theirs: first, Ours: second, Made: made})
}

// Prepend writes the pages of the second file, which is ours, and behind them those of the first.
func Prepend(ctx context.Context, w io.Writer, first, second []byte, made time.Time) error {
	return elsewhere(ctx, w, job{How: before, Theirs: first, Ours: second, Made: made})
}

// Stamp writes the file with a stamp on its first page: the first page of the second file, which is ours, in its size. Its
// upper edge is so many points below that of the page, its outer edge so many from the left one, or the right one.
func Stamp(ctx context.Context, w io.Writer, file, stamp []byte, right bool, x, y float64, made time.Time) error {
	corner := "tl"
	if right {
		corner, x = "tr", -x
	}
	where := fmt.Sprintf("pos:%s, off:%.2f %.2f, scale:1 abs, rot:0", corner, x, -y)
	return elsewhere(ctx, w, job{How: onto, Theirs: file, Ours: stamp, Where: where, Made: made})
}

// how is what is done with two files.
type how string

const (
	behind how = "behind"
	before how = "before"
	onto   how = "onto"
)

// job is what is to be done.
type job struct {
	How          how
	Theirs, Ours []byte
	Where        string // of a stamp
	Made         time.Time
}

// do does it.
func (j job) do(w io.Writer) error {
	return change(w, j.Theirs, j.Made, func(theirs *model.Context) (*model.Context, error) {
		if j.How == onto {
			return theirs, stamp(theirs, j.Ours, j.Where)
		}
		ours, err := read(j.Ours)
		if err != nil {
			return nil, fmt.Errorf("pdfjoin: read the pages to be added: %w", err)
		}
		if j.How == before {
			return ours, join(ours, theirs)
		}
		return theirs, join(theirs, ours)
	})
}

func stamp(to *model.Context, ours []byte, where string) error {
	mark, err := api.PDFWatermarkForReadSeeker(bytes.NewReader(ours), 1, where, true, false, types.POINTS)
	if err != nil {
		return fmt.Errorf("pdfjoin: read the stamp: %w", err)
	}
	if err := crop(to); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := api.WatermarkContext(to, types.IntSet{1: true}, mark); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// crop keeps the box to which the first page is cropped within the page: programs show no more, while the place of a stamp is
// counted from that box.
func crop(ctx *model.Context) error {
	page, _, has, err := ctx.PageDict(1, false)
	if err != nil || has == nil || has.MediaBox == nil || has.CropBox == nil {
		return err
	}
	sheet, box := has.MediaBox, has.CropBox
	x0, y0, x1, y1 := max(sheet.LL.X, box.LL.X), max(sheet.LL.Y, box.LL.Y), min(sheet.UR.X, box.UR.X), min(sheet.UR.Y, box.UR.Y)
	if x0 < x1 && y0 < y1 { // otherwise nothing is shown
		page["CropBox"] = types.NewRectangle(x0, y0, x1, y1).Array()
	}
	return nil
}

// change writes what is made of a file from elsewhere.
func change(w io.Writer, file []byte, made time.Time, with func(*model.Context) (*model.Context, error)) (err error) {
	defer func() { // a parser of strangers' bytes that stumbles ends this file, not the program
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrBroken, r)
		}
	}()
	ctx, err := read(file)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := flatten(ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if ctx, err = with(ctx); err != nil {
		return err
	}
	if ctx.XRefTable.Version() < model.V20 {
		ctx.EnsureVersionForWriting()
	}
	var out bytes.Buffer
	if err := api.WriteContext(ctx, &out); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if _, err := w.Write(dated(out.Bytes(), made)); err != nil {
		return fmt.Errorf("pdfjoin: %w", err)
	}
	return nil
}

func join(to, from *model.Context) error {
	if to.XRefTable.Version() < model.V20 {
		to.EnsureVersionForWriting()
	}
	if err := pdfcpu.MergeXRefTables("", from, to, false, false); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
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
