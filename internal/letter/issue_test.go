package letter_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// signedPrinter finds the signatures it is told.
type signedPrinter struct {
	flakyPrinter
	found []letter.Signature
}

func (p *signedPrinter) Signatures(context.Context, []byte) ([]letter.Signature, error) {
	return p.found, nil
}

func TestTheIssuedVersion(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		ctx, clerk := t.Context(), d.Actor(person.Clerk, d.Town)
		printer := &signedPrinter{}
		d.Letters.PrintWith(printer)
		l := d.Issued(t, lettertest.Document("Họp dân."))
		issue, err := d.Letters.Issued(ctx, clerk, l.ID)
		if err != nil || issue.Origin != letter.Printed || issue.FileName != "01-UBND-VH.pdf" || len(issue.Hash()) != 64 {
			t.Fatalf("issued: %+v, %v", issue, err)
		}
		f, err := d.Letters.OpenIssue(ctx, issue)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil || string(content) != "%PDF-1.7 01/UBND-VH" || f.Close() != nil {
			t.Errorf("the frozen file is %q, %v", content, err)
		}

		upload := func(content string, scanned bool) (letter.Issue, error) {
			return d.Letters.IssueUploaded(ctx, clerk, l.ID, letter.UploadInput{File: strings.NewReader(content), Name: `C:\ký.pdf`, Scanned: scanned}, nil)
		}
		_, err = upload("Kính gửi", false)
		faulttest.Is(t, err, fault.Unsupported, "letter.fault.notPDF")
		_, err = upload("%PDF-1.7 x", false)
		faulttest.Is(t, err, fault.Invalid, "letter.fault.noSignature")
		printer.found = []letter.Signature{{Signer: "Nguyễn Văn Mẫu"}}
		_, err = upload("%PDF-1.7 x", false)
		faulttest.Is(t, err, fault.Invalid, "letter.fault.notIntact")
		_, err = d.Letters.IssueUploaded(ctx, clerk, l.ID, letter.UploadInput{File: bytes.NewReader(make([]byte, letter.MaxIssueBytes+1))}, nil)
		faulttest.Is(t, err, fault.TooLarge, "letter.fault.issueTooLarge")
		printer.found[0].Intact = true
		_, err = upload("%PDF-1.7 x", true)
		faulttest.Is(t, err, fault.Invalid, "letter.fault.notWhole")
		printer.found[0].Extended = true // by certificates and stamps of the time, which are kept for long
		printer.found = append(printer.found, letter.Signature{Problem: "kind", Whole: true})
		if up, err := upload("%PDF-1.7 long", false); err != nil || up.Number != 2 || len(up.Signatures) != 2 || !up.Signatures[0].Extended {
			t.Errorf("with long-term validation: %+v, %v", up, err)
		}
		printer.found = []letter.Signature{{Problem: "what it is was not understood"}}
		_, err = upload("%PDF-1.7 x", false)
		faulttest.Is(t, err, fault.Invalid, "letter.fault.noSignature")
		printer.found = []letter.Signature{{Signer: "Nguyễn Văn Mẫu", Intact: true, Whole: true}}
		for range 2 {
			up, err := upload("%PDF-1.7 x", false)
			if err != nil || up.Origin != letter.Uploaded || up.Number != 3 || len(up.Signatures) != 1 || up.FileName != "ký.pdf" {
				t.Errorf("uploaded: %+v, %v", up, err)
			}
		}
		printer.found = nil
		if scan, err := upload("%PDF-1.7 scan", true); err != nil || scan.Number != 4 || len(scan.Signatures) != 0 {
			t.Errorf("a scan: %+v, %v", scan, err)
		}
		_, err = d.Letters.IssueUploaded(ctx, d.Actor(person.Leader, d.Town), l.ID, letter.UploadInput{File: strings.NewReader("%PDF-")}, nil)
		faulttest.Is(t, err, fault.Forbidden, "")
		draft, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.IssueUploaded(ctx, clerk, draft.ID, letter.UploadInput{File: strings.NewReader("%PDF-1.7"), Scanned: true}, nil)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.notRegistered")
		_, err = d.Letters.Issued(ctx, clerk, draft.ID)
		faulttest.Is(t, err, fault.NotFound, "letter.fault.notIssued")
	})
}
