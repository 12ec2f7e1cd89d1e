package office

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path"
	"strings"
	"time"

	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/extract"
	"sachhon/internal/paper/pdfform"
	"sachhon/internal/paper/pdfjoin"
	"sachhon/internal/paper/pdfpicture"
	"sachhon/internal/web/ui"
)

// stampPlace is where the stamp of arrival stands in the file that is printed.
type stampPlace struct {
	how  stampHow
	file []byte  // PDF of the letter, for the ways that use it
	x, y float64 // of a stamp over its first page
}

type stampHow string

const (
	stampSet    stampHow = "set"    // set with the letter, below its number
	stampOver   stampHow = "over"   // on a free place of the first page
	stampSigned stampHow = "signed" // on a sheet before a file that was signed
	stampFront  stampHow = "front"  // on a sheet before a file that has no room for it
	stampAbove  stampHow = "above"  // on the sheet of a picture, which is a little smaller for it
	stampUnseen stampHow = "unseen" // on a sheet of its own: the picture cannot be opened
	stampAlone  stampHow = "alone"  // on a sheet of its own: there are no pages
	stampOpen   stampHow = "open"   // known only when the pages have been looked at
)

// The places that the decree names, below number and abstract, or below the day, in points.
var stampAreas = []pdfform.Area{
	{X0: 12 * paper.MM, Y0: 42 * paper.MM, X1: 105 * paper.MM, Y1: 140 * paper.MM},
	{X0: 105 * paper.MM, Y0: 42 * paper.MM, X1: 202 * paper.MM, Y1: 140 * paper.MM},
}

// stampRoom is kept free around a stamp.
const stampRoom = 2 * paper.MM

// The place of a stamp above a picture that has no room for it: a photo is rarely white between its lines.
const (
	aboveX = 12 * paper.MM
	aboveY = 8 * paper.MM
	above  = aboveY + decree.ArrivalHeight*paper.MM + 2*stampRoom
)

// stampForeseen says where the stamp will stand as far as that is known without opening the file: a page that is only looked at
// reads no 30 MB and runs no program.
func (p *pages) stampForeseen(ctx context.Context, l letter.Letter) (stampHow, error) {
	kept, err := p.Letters.Kept(ctx, p.DB, l)
	if err != nil {
		return "", err
	}
	uploaded, err := p.uploaded(ctx, l)
	switch {
	case err != nil:
		return "", err
	case l.Document != nil && !uploaded:
		return stampSet, nil
	case kept.Key == "" || kept.Name == "": // pasted
		return stampAlone, nil
	}
	switch strings.ToLower(path.Ext(kept.Name)) {
	case ".txt", ".htm", ".html", ".docx":
		return stampAlone, nil
	}
	return stampOpen, nil
}

// stampOf decides where the stamp stands. A letter that was written here and not signed elsewhere is set with it; a file that
// bears signatures is shown as it is.
func (p *pages) stampOf(ctx context.Context, l letter.Letter) (stampPlace, error) {
	kept, err := p.Letters.Kept(ctx, p.DB, l)
	if err != nil {
		return stampPlace{}, err
	}
	file, err := p.keptPages(ctx, kept)
	if err != nil {
		return stampPlace{}, err
	}
	uploaded, err := p.uploaded(ctx, l)
	if err != nil {
		return stampPlace{}, err
	}
	signed := bytes.Contains(file, []byte("/ByteRange"))
	switch {
	case l.Document != nil && !uploaded:
		return stampPlace{how: stampSet}, nil
	case file == nil:
		return stampPlace{how: stampAlone}, nil
	case signed:
		return stampPlace{how: stampSigned, file: file}, nil
	case !isPDF(file):
		return p.stampOfPicture(ctx, file, kept.At.Time), nil
	}
	if x, y, found := room(ctx, file); found {
		return stampPlace{stampOver, file, x + stampRoom, y + stampRoom}, nil
	}
	return stampPlace{how: stampFront, file: file}, nil
}

// room looks for a place for the stamp on the first page; one that cannot be looked at has none.
func room(ctx context.Context, file []byte) (x, y float64, found bool) {
	x, y, found, err := pdfform.Free(ctx, file, decree.ArrivalWidth*paper.MM+2*stampRoom, decree.ArrivalHeight*paper.MM+2*stampRoom, stampAreas...)
	if err != nil {
		slog.WarnContext(ctx, "office: a page cannot be looked at for the stamp of arrival", slog.Any("error", err))
	}
	return x, y, found && err == nil
}

// uploaded tells whether the version in force came as a file.
func (p *pages) uploaded(ctx context.Context, l letter.Letter) (bool, error) {
	issue, err := p.Letters.LoadIssued(ctx, p.DB, l.ID)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return issue.Origin == letter.Uploaded, err
}

// stampOfPicture decides where the stamp stands on the sheet that a picture of a letter is set on.
func (p *pages) stampOfPicture(ctx context.Context, picture []byte, made time.Time) stampPlace {
	set := func(above float64) ([]byte, error) {
		var buf bytes.Buffer
		err := pdfpicture.Write(ctx, &buf, p.Pictures, picture, paper.Info{Date: made}, above)
		return buf.Bytes(), err
	}
	file, err := set(0)
	if err == nil {
		if x, y, found := room(ctx, file); found {
			return stampPlace{stampOver, file, x + stampRoom, y + stampRoom}
		}
		file, err = set(above)
	}
	if err != nil {
		slog.WarnContext(ctx, "office: a picture cannot be set on a sheet", slog.Any("error", err))
		return stampPlace{how: stampUnseen}
	}
	return stampPlace{stampAbove, file, aboveX, aboveY}
}

func isPDF(file []byte) bool { return bytes.HasPrefix(file, []byte("%PDF-")) }

// keptPages is the file that is kept of a letter if it shows its pages, nil when there is none.
func (p *pages) keptPages(ctx context.Context, kept letter.Kept) (file []byte, err error) {
	if kept.Key == "" {
		return nil, nil
	}
	f, err := p.Letters.OpenKept(ctx, kept)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if file, err = io.ReadAll(f); err != nil || !isPDF(file) && !extract.HasPages(file) {
		return nil, err
	}
	return file, nil
}

// stamped writes the letter with its stamp.
func stamped(ctx context.Context, w io.Writer, l letter.Letter, stamp decree.Arrival, at stampPlace, made time.Time) error {
	var ours, out bytes.Buffer
	var err error
	switch at.how {
	case stampSet:
		return decree.PDF(w, *l.Document, decree.Options{Made: made, Arrival: &stamp})
	case stampAlone, stampUnseen:
		return decree.ArrivalPDF(w, stamp, made)
	case stampOver, stampAbove:
		if err := decree.ArrivalMark(&ours, stamp, made); err != nil {
			return err
		}
		err = pdfjoin.Stamp(ctx, &out, at.file, ours.Bytes(), false, at.x, at.y, made)
	case stampSigned, stampFront:
		if err := decree.ArrivalPDF(&ours, stamp, made); err != nil {
			return err
		}
		err = pdfjoin.Prepend(ctx, &out, at.file, ours.Bytes(), made)
	}
	if errors.Is(err, pdfjoin.ErrBroken) { // locked, or damaged
		return decree.ArrivalPDF(w, stamp, made)
	}
	if err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

func (h stampHow) words(ctx context.Context) string {
	return ui.T(ctx, "office.arrivalStamp."+string(h))
}
