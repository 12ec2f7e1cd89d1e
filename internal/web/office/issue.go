package office

import (
	"cmp"
	"context"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

// issueView is a file that no longer changes: the version in force, or a copy that was signed.
type issueView struct {
	Title       string
	File        ui.StoredFile
	Origin      string
	Hash        string
	Signatures  []signatureView
	Differences []string // from the letter, in words
	Scan        bool     // uploaded without a digital signature
}

type signatureView struct {
	Badge ui.BadgeProps
	Facts []ui.LetterField // label and value
}

func viewIssue(ctx context.Context, l letter.Letter, i letter.Issue) *issueView {
	v := &issueView{
		Title:  ui.T(ctx, "office.issue.title"),
		File:   ui.StoredFile{Name: i.FileName, URL: draftURL(l.ID) + "/ban-phat-hanh", Size: ui.FileSize(ctx, i.Size)},
		Origin: ui.T(ctx, "office.issue."+string(i.Origin), "At", lang.From(ctx).DateTime(i.At)), Hash: i.Hash(),
		Scan: i.Origin == letter.Uploaded && len(i.Signatures) == 0, Signatures: viewSignatures(ctx, i.Signatures), Differences: viewDifferences(ctx, i.Differences),
	}
	return v
}

// viewDifferences says in words what a file has else than the letter.
func viewDifferences(ctx context.Context, list []letter.Difference) []string {
	var out []string
	for _, d := range list {
		out = append(out, ui.T(ctx, "office.difference."+string(d.Code), "Found", cmp.Or(d.Found, ui.T(ctx, "office.difference.nothing"))))
	}
	return out
}

func viewSignatures(ctx context.Context, list []letter.Signature) []signatureView {
	var out []signatureView
	for _, s := range list {
		one := signatureView{Badge: ui.BadgeProps{Text: ui.T(ctx, "office.signature.intact"), Icon: ui.IconDone, Tone: ui.BadgeGood}}
		switch {
		case s.Problem != "":
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.unchecked"), Icon: ui.IconQuestion, Tone: ui.BadgeWait}
		case !s.Intact:
			one.Badge = ui.BadgeProps{Text: ui.T(ctx, "office.signature.broken"), Icon: ui.IconError, Tone: ui.BadgeBad}
		case !s.Whole:
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
		if s.Problem != "" {
			fact("problem", ui.T(ctx, "office.signatureProblem."+s.Problem))
		}
		out = append(out, one)
	}
	return out
}
