package issueview

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// Props is a file that no longer changes, with what was found about it; the file is left out where it is linked elsewhere.
type Props struct {
	Title       string
	File        ui.StoredFile
	Origin      string // how it came, when, and through whom
	Hash        string
	Signatures  []Signature
	Differences []string // from the letter, in words
	Scan        bool     // uploaded without a digital signature
	Bare        bool     // a PDF that came without one
	Before      []Props  // the versions that it followed, the last first
}

// Signature is one signature with what its certificate says.
type Signature struct {
	Badge ui.BadgeProps
	Facts []ui.LetterField // label and value
}

// VersionQuery names a version in an address.
const VersionQuery = "ban"

// Versions shows the versions of a letter; nil for none. file is the address of the one in force, which takes VersionQuery; names
// says who uploaded them, nil where that is nobody's business.
func Versions(ctx context.Context, issues []letter.Issue, file func(version string) string, names map[ident.ID]string) *Props {
	if len(issues) == 0 {
		return nil
	}
	last := len(issues) - 1
	v := version(ctx, issues[last], file(""), names)
	v.Title = ui.T(ctx, "office.issue.title")
	for _, i := range slices.Backward(issues[:last]) {
		before := version(ctx, i, file(strconv.Itoa(i.Number)), names)
		before.Differences = nil // they concern nobody any more
		v.Before = append(v.Before, before)
	}
	return &v
}

func version(ctx context.Context, i letter.Issue, url string, names map[ident.ID]string) Props {
	v := Props{
		File:   ui.StoredFile{Name: i.FileName, URL: url, Size: ui.FileSize(ctx, i.Size)},
		Origin: ui.T(ctx, "office.issue."+string(i.Origin), "At", lang.From(ctx).DateTime(i.At)), Hash: i.Hash(),
		Scan: i.Origin == letter.Uploaded && len(i.Signatures) == 0, Signatures: Signatures(ctx, i.Signatures), Differences: Differences(ctx, i.Differences),
	}
	if who := names[i.By]; who != "" {
		v.Origin = ui.T(ctx, "office.issue.by", "What", v.Origin, "Who", who)
	}
	return v
}

// Came shows what was found in a PDF that a letter came as.
func Came(ctx context.Context, list []letter.Signature) *Props {
	return &Props{Title: ui.T(ctx, "office.issue.came"), Signatures: Signatures(ctx, list), Bare: len(list) == 0}
}

// OfLetter shows the versions of a letter that was issued, else what was found in the PDF that it came as; nil when there is nothing
// to say. What it shows was read before, for who may see it.
func OfLetter(ctx context.Context, letters *letter.Service, q database.Querier, l letter.Letter, file func(version string) string) (*Props, error) {
	issues, err := letters.LoadIssues(ctx, q, l.ID)
	if err != nil || len(issues) > 0 {
		return Versions(ctx, issues, file, nil), err
	}
	list, pdf, err := letters.CameSigned(ctx, l)
	if err != nil || !pdf {
		return nil, err
	}
	return Came(ctx, list), nil
}

// Differences says in words what a file has else than the letter.
func Differences(ctx context.Context, list []letter.Difference) []string {
	var out []string
	for _, d := range list {
		out = append(out, ui.T(ctx, "office.difference."+string(d.Code), "Found", cmp.Or(d.Found, ui.T(ctx, "office.difference.nothing"))))
	}
	return out
}

// Signatures says what was found about signatures, each under a judgement.
func Signatures(ctx context.Context, list []letter.Signature) []Signature {
	var out []Signature
	for _, s := range list {
		one := Signature{Badge: ui.BadgeProps{Text: ui.T(ctx, "office.signature.intact"), Icon: ui.IconDone, Tone: ui.BadgeGood}}
		switch {
		case s.Problem != "":
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.unchecked"), Icon: ui.IconQuestion, Tone: ui.BadgeWait}
		case !s.Intact:
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.broken"), Icon: ui.IconError, Tone: ui.BadgeBad}
		case !s.Whole && !s.Extended:
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.part"), Icon: ui.IconWarning, Tone: ui.BadgeWait}
		case s.Chain == letter.ChainUntrusted:
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.stranger"), Icon: ui.IconWarning, Tone: ui.BadgeWait}
		}
		fact := func(key, value string) {
			if value != "" {
				one.Facts = append(one.Facts, ui.LetterField{Label: ui.T(ctx, "office.signature."+key), Value: value})
			}
		}
		fact("signer", s.Signer)
		fact("organ", s.Organ)
		fact("issuer", s.Issuer)
		fact("chain", ui.T(ctx, "office.signatureChain."+cmp.Or(string(s.Chain), "notChecked")))
		fact("serial", s.Serial)
		if !s.From.IsZero() {
			fact("valid", lang.From(ctx).Date(s.From)+" – "+lang.From(ctx).Date(s.Until))
		}
		if !s.At.IsZero() {
			fact("at", lang.From(ctx).DateTime(s.At))
		}
		if s.Extended {
			fact("behind", ui.T(ctx, "office.signature.extended"))
		}
		if s.Problem != "" {
			fact("problem", ui.T(ctx, "office.signatureProblem."+s.Problem))
		}
		out = append(out, one)
	}
	return out
}

// UploadProps is the form that takes a signed file of a letter.
type UploadProps struct {
	Action  string // "" where nobody may upload one
	File    ui.FileField
	Scanned ui.Field
	Gone    bool   // others have the letter
	Outside string // which of them are not sent the file, being at another system; empty for none
	Change  string // where its words are changed then; empty for who may not
}

// Upload is the form as it is shown, with what was wrong.
func Upload(ctx context.Context, f *form.Form, action string) UploadProps {
	return UploadProps{
		Action: action,
		File: ui.FileField{
			Field:  f.Field(ctx, ui.Field{Name: "file", Label: ui.T(ctx, "office.upload.file"), Hint: ui.T(ctx, "office.upload.hint"), Required: true}),
			Accept: "application/pdf",
		},
		Scanned: ui.Field{Name: "scanned", Label: ui.T(ctx, "office.upload.scanned"), Required: true},
	}
}

// Sent adds who has the letter already.
func (v *UploadProps) Sent(ctx context.Context, sent *cascade.Service, units *unit.Service, l letter.Letter) error {
	gone, outside, err := sent.Gone(ctx, l)
	if v.Gone = gone; err != nil || len(outside) == 0 {
		return err
	}
	tree, err := units.Today(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(outside))
	for i, id := range outside {
		names[i] = tree.Name(id)
	}
	v.Outside = strings.Join(names, ", ")
	return nil
}

// Read reads a form with a signed file.
func Read(r *http.Request) (*form.Form, letter.UploadInput, error) {
	var content bytes.Buffer
	var in letter.UploadInput
	f, err := form.ReadFiles(r, func(input, fileName string, body io.Reader) error {
		if input != "file" || in.Name != "" {
			return nil
		}
		in.Name = fileName
		_, err := io.Copy(&content, io.LimitReader(body, letter.MaxIssueBytes+1))
		return err
	})
	if err != nil {
		return nil, in, err
	}
	in.Scanned = f.Checked("scanned")
	if in.Name != "" {
		in.File = &content
	}
	return f, in, nil
}

// MaxBody is the largest form with a signed file. One larger than the service accepts still arrives, so that the form can be
// shown again with the reason.
const MaxBody = 64 << 20
