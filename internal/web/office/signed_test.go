package office_test

import (
	"bytes"
	"crypto/x509"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/drafting"
	"sachhon/internal/imaging"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
	"sachhon/internal/web/webtest"
)

const organOfSigner = "Ủy ban nhân dân thị xã Hương Trà"

// issuedLetter writes, signs and numbers a letter, and returns its page and the file that was printed.
func (d *desk) issuedLetter(t *testing.T) (at string, printed []byte) {
	t.Helper()
	l := d.Issued(t, lettertest.Document("Họp dân.", "Treo áp phích tại nhà văn hóa.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024."))
	at = "/don-vi/soan-thao/" + string(l.ID)
	return at, []byte(d.As(d.clerk).Get(at + "/ban-phat-hanh").Body)
}

func (d *desk) uploads(path string, body []byte) webtest.Answer {
	return d.PostFiles(path, url.Values{}, webtest.File{Input: "file", Name: "da-ky.pdf", Body: body})
}

func (d *desk) trusts(roots ...*x509.Certificate) {
	pool := x509.NewCertPool()
	for _, c := range roots {
		pool.AddCert(c)
	}
	d.Letters.PrintWith(drafting.Printer{Pictures: imaging.NewProcessor(), Roots: pool})
}

// changed is the file with one byte of what was signed turned.
func changed(file []byte) []byte {
	out := bytes.Clone(file)
	out[len(out)/8] ^= 1
	return out
}

func lacks(t *testing.T, what string, a webtest.Answer, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body, text) {
			t.Errorf("%s: the page says %q", what, text)
		}
	}
}

const differs = "Tệp có chỗ khác với văn bản trong hệ thống"

// TestASignedFileBecomesTheIssuedVersion: what was signed elsewhere is checked for what it is, and shown with its
// certificate; what was changed after signing is refused; a file of another letter is taken with a warning.
func TestASignedFileBecomesTheIssuedVersion(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at, printed := d.issuedLetter(t)
		issue := at + "/ban-phat-hanh"
		self := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil)
		signed := self.Sign(t, printed)

		want(t, "nothing chosen", d.Post(issue, url.Values{}), http.StatusUnprocessableEntity, "Chưa chọn tệp")
		want(t, "no PDF", d.uploads(issue, []byte("PK")), http.StatusUnsupportedMediaType, "không phải PDF")
		want(t, "not signed", d.uploads(issue, printed), http.StatusUnprocessableEntity, "không có chữ ký số")
		want(t, "changed after signing", d.uploads(issue, changed(signed)), http.StatusUnprocessableEntity, "đã bị thay đổi sau chữ ký của Nguyễn Văn Mẫu")
		want(t, "added to after signing", d.uploads(issue, append(bytes.Clone(signed), "9 0 obj\n(them)\nendobj\n"...)), http.StatusUnprocessableEntity, "thêm nội dung sau chữ ký")
		want(t, "somebody else", d.As(d.wardClerk).PostFiles(issue, url.Values{}, webtest.File{Input: "file", Name: "a.pdf", Body: signed}), http.StatusForbidden)
		if still := d.As(d.clerk).Get(issue); still.Body != string(printed) {
			t.Fatal("what was refused is the issued version")
		}

		want(t, "signed", d.uploads(issue, signed), http.StatusSeeOther)
		page := d.Get(at)
		want(t, "with nobody to trust", page, http.StatusOK, "da-ky.pdf", "Nội dung nguyên vẹn từ khi ký", "Nguyễn Văn Mẫu", organOfSigner, "ABC", "chưa có danh sách tin cậy")
		lacks(t, "the same letter", page, differs)
		if got := d.Get(issue); got.Body != string(signed) {
			t.Error("the file that is in force is not the one that was signed")
		}

		// A certificate that nobody vouches for is not called good where authorities are named.
		root := pdfsigntest.New(t, "Gốc chuyên dùng Mẫu", "Ban Cơ yếu Mẫu", nil)
		d.trusts(root.Cert)
		want(t, "by itself", d.uploads(issue, self.Sign(t, signed)), http.StatusSeeOther)
		page = d.Get(at)
		want(t, "its own authority", page, http.StatusOK, "Nội dung nguyên vẹn, chưa rõ nơi cấp chứng thư", "Không thuộc danh sách tin cậy")
		lacks(t, "its own authority", page, "Thuộc danh sách tin cậy của hệ thống")
		official := pdfsigntest.New(t, "Trần Thị Thử", organOfSigner, &root)
		want(t, "by an officer", d.uploads(issue, official.Sign(t, printed)), http.StatusSeeOther)
		page = d.Get(at)
		want(t, "a known authority", page, http.StatusOK, "Trần Thị Thử", "Gốc chuyên dùng Mẫu", ">Thuộc danh sách tin cậy của hệ thống<")
		lacks(t, "a known authority", page, differs)
	})
}

// TestAFileOfAnotherLetterIsTakenWithAWarning: people may have printed it elsewhere, so that only they can tell.
func TestAFileOfAnotherLetterIsTakenWithAWarning(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at, _ := d.issuedLetter(t)
		issue := at + "/ban-phat-hanh"
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil)
		decision := decreetest.Decision()
		decision.Date = letter.Date{Year: 2024, Month: 2, Day: 5}
		var other bytes.Buffer
		if err := decree.PDF(&other, decision, decree.Options{}); err != nil {
			t.Fatal(err)
		}
		want(t, "another letter", d.uploads(issue, signer.Sign(t, other.Bytes())), http.StatusSeeOther)
		want(t, "another letter", d.Get(at), http.StatusOK, differs, "Số, ký hiệu trong tệp: 02/QĐ-UBND", "Ngày ban hành trong tệp: 05/02/2024", "Phần lớn nội dung văn bản không có trong tệp", "Nội dung nguyên vẹn")

		blank := pdf.New(paper.Info{})
		blank.AddPage(paper.A4(20, 20, 30, 15))
		blank.Fill(100, 100, 200, 200, paper.Color{R: 200})
		var picture bytes.Buffer
		if err := blank.Output(&picture); err != nil {
			t.Fatal(err)
		}
		want(t, "a scan", d.uploads(issue, signer.Sign(t, picture.Bytes())), http.StatusSeeOther)
		page := d.Get(at)
		want(t, "a scan", page, http.StatusOK, differs, "chưa so được với văn bản")
		lacks(t, "a scan", page, "Số, ký hiệu trong tệp")
	})
}

// TestAFileThatWasChangedBeforeItWasSigned: programs save changed pages behind what the file was, which tells nothing of what
// they show; a box with words of whoever signs is no change.
func TestAFileThatWasChangedBeforeItWasSigned(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		l := d.Issued(t, lettertest.Document("Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024."))
		at := "/don-vi/soan-thao/" + string(l.ID)
		issue := at + "/ban-phat-hanh"
		printed := []byte(d.As(d.clerk).Get(issue).Body)
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil)
		const changed = "Có dòng không còn như trong tệp lập tại đây"
		page := papertest.Pages(t, printed)[0]
		place := func(text string) papertest.Word {
			words, ok := page.Find(text)
			if !ok {
				t.Fatalf("the letter does not say %q", text)
			}
			return words[0]
		}
		redrawn := func(duties ...string) []byte {
			doc := *l.Document
			doc.Blocks = lettertest.Document(duties...).Blocks
			var file bytes.Buffer
			if err := decree.PDF(&file, doc, decree.Options{}); err != nil {
				t.Fatal(err)
			}
			return pdfsigntest.Redraw(t, printed, file.Bytes())
		}
		name, list := place("Nơi nhận:"), place("TM.")
		for _, tt := range []struct {
			name    string
			file    []byte
			differs string
		}{
			{"the same page saved again", signer.Sign(t, redrawn("Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024.")), ""},
			{"a later deadline", signer.Sign(t, redrawn("Họp dân.", "Báo cáo kết quả trước ngày 07 tháng 5 năm 2024.")), changed},
			{"a word more", signer.Sign(t, redrawn("Không họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024.")), changed},
			{"a word at the end", signer.Sign(t, redrawn("Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024 hoặc sau.")), changed},
			{"a duty less", signer.Sign(t, redrawn("Họp dân.")), changed},
			{"a box below", signer.SignShown(t, printed, 60, 20, "Nguyen Van Mau", "Nhap mot dong"), ""},
			{"a box below the signer's office", signer.SignShown(t, printed, list.XMin, page.Height-list.YMax-70, "Nguyen Van Mau", "van thu da ky so"), ""},
			{"a box beside the recipients", signer.SignShown(t, printed, name.XMin+100, page.Height-name.YMax-20, "Noi ky Huong Tra", "van thu da ky so"), ""},
			{"a box on a changed page", signer.SignShown(t, redrawn("Họp dân.", "Báo cáo kết quả trước ngày 07 tháng 5 năm 2024."), 60, 20, "Nguyen Van Mau"), changed},
		} {
			want(t, tt.name, d.uploads(issue, tt.file), http.StatusSeeOther)
			page := d.Get(at)
			if tt.differs == "" {
				want(t, tt.name, page, http.StatusOK, "Nội dung nguyên vẹn")
				lacks(t, tt.name, page, differs)
			} else {
				want(t, tt.name, page, http.StatusOK, "Nội dung nguyên vẹn", differs, tt.differs)
			}
			if text := papertest.Pages(t, tt.file)[0].Text(); strings.Contains(tt.name, "box") && !strings.Contains(text, "Nguyen Van Mau") && !strings.Contains(text, "Noi ky Huong Tra") {
				t.Errorf("%s: nobody sees it: %s", tt.name, text)
			}
		}
		again := signer.Sign(t, signer.Sign(t, redrawn("Họp dân.", "Báo cáo kết quả trước ngày 07 tháng 5 năm 2024.")))
		for range 2 { // it begins with the file in force, which is not what was printed here
			want(t, "signed again", d.uploads(issue, again), http.StatusSeeOther)
			again = signer.Sign(t, again)
		}
		want(t, "signed again", d.Get(at), http.StatusOK, changed)
	})
}

// TestAnElectronicCopyIsSigned: made with its mark and room for the time, signed elsewhere, checked, and in the register.
func TestAnElectronicCopyIsSigned(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at, printed := d.issuedLetter(t)
		copyAt := at + "/sao?don-vi=" + string(d.Town.ID)
		page := d.Get(copyAt)
		want(t, "the form", page, http.StatusOK, "Sao sang định dạng điện tử")
		form := with(page.Hidden(), "kind", "SY", "notation", "UBND", "place", "Hương Trà", "name", "Nguyễn Văn Mẫu", "recipients", "Các tổ dân phố\nLưu: VT", "electronic", "on")
		made := d.Post(copyAt, form)
		copied := made.Location
		if made.Status != http.StatusSeeOther || !strings.HasPrefix(copied, "/don-vi/so-van-ban/sao/") {
			t.Fatalf("%d to %q", made.Status, copied)
		}
		if again := d.Post(copyAt, form); again.Location != copied {
			t.Errorf("sent twice it leads to %q", again.Location)
		}
		want(t, "as one on paper", d.Post(copyAt, with(form, "electronic", "")), http.StatusConflict)
		want(t, "not signed yet", d.Get(copied), http.StatusOK, "01/SY-UBND", "Chờ ký số", "Sao y; "+organOfSigner+"; thời gian ký", copied+"/pdf", "Tệp PDF đã ký")
		want(t, "the signed file", d.Get(copied+"/ban-ky"), http.StatusNotFound)

		toSign := d.Get(copied + "/pdf")
		before, after := papertest.Pages(t, printed), papertest.Pages(t, []byte(toSign.Body))
		mark, ok := after[0].Find("Sao y; " + organOfSigner + ";")
		if len(after) != len(before) || !ok || mark[0].YMin > 20*paper.MM || mark[len(mark)-1].XMax > (210-15-35)*paper.MM || strings.Contains(after[0].Text(), "SAO Y") {
			t.Fatalf("%d pages became %d: %s", len(before), len(after), after[0].Text())
		}
		if !strings.Contains(after[0].Text(), before[0].Text()) && !strings.HasSuffix(after[0].Text(), strings.TrimSpace(before[0].Text())) {
			t.Errorf("the page of the original says %q", after[0].Text())
		}

		signer := pdfsigntest.New(t, "Ủy ban nhân dân thị xã Hương Trà", organOfSigner, nil)
		signed := signer.Sign(t, []byte(toSign.Body))
		want(t, "changed after signing", d.uploads(copied+"/ban-ky", changed(signed)), http.StatusUnprocessableEntity, "đã bị thay đổi sau chữ ký")
		want(t, "not signed", d.uploads(copied+"/ban-ky", []byte(toSign.Body)), http.StatusUnprocessableEntity, "không có chữ ký số")
		want(t, "somebody else reads", d.As(d.wardClerk).Get(copied), http.StatusForbidden)
		want(t, "somebody else signs", d.uploads(copied+"/ban-ky", signed), http.StatusForbidden)
		d.As(d.clerk)
		for range 2 {
			want(t, "signed", d.uploads(copied+"/ban-ky", signed), http.StatusSeeOther)
		}
		page = d.Get(copied)
		want(t, "signed", page, http.StatusOK, "Đã ký số", "Nội dung nguyên vẹn", "da-ky.pdf", "Số chứng thư", "Thay bằng tệp ký số khác")
		lacks(t, "signed", page, differs, "Chờ ký số")
		if got := d.Get(copied + "/ban-ky"); got.Body != string(signed) {
			t.Error("the signed file comes back changed")
		}
		// The program that signs writes the time into its room, right behind the mark.
		end := mark[len(mark)-1]
		timed := signer.SignShown(t, []byte(toSign.Body), end.XMax+1, after[0].Height-end.YMax, "07-06-2024 14:58:00 +07:00")
		want(t, "with the time", d.uploads(copied+"/ban-ky", timed), http.StatusSeeOther)
		if text := papertest.Pages(t, timed)[0].Text(); !strings.Contains(text, organOfSigner+"; 07-06-2024") {
			t.Errorf("the time does not stand behind the mark: %s", text)
		}
		lacks(t, "with the time", d.Get(copied), differs)
		want(t, "over the mark", d.uploads(copied+"/ban-ky", signer.SignShown(t, []byte(toSign.Body), end.XMin-70, after[0].Height-end.YMax, "07-06-2024 14:58:00 +07:00")), http.StatusSeeOther)
		want(t, "over the mark", d.Get(copied), http.StatusOK, differs)
		want(t, "signed", d.uploads(copied+"/ban-ky", signed), http.StatusSeeOther)
		list, err := d.Letters.Copies(t.Context(), d.clerk, d.Town.ID, 2024)
		if err != nil || len(list) != 1 || list[0].SignedAt.IsZero() || list[0].Signed.By != d.clerk.ID {
			t.Fatalf("%+v, %v", list, err)
		}
		signedAt := lang.New("vi").DateTime(list[0].SignedAt)
		register := "/don-vi/so-van-ban/sao?don-vi=" + string(d.Town.ID)
		want(t, "the register", d.Get(register), http.StatusOK, "01/SY-UBND", signedAt, copied)

		var other bytes.Buffer
		if err := decree.PDF(&other, decreetest.Decision(), decree.Options{}); err != nil {
			t.Fatal(err)
		}
		want(t, "another file", d.uploads(copied+"/ban-ky", signer.Sign(t, other.Bytes())), http.StatusSeeOther)
		want(t, "another file", d.Get(copied), http.StatusOK, differs, "02/QĐ-UBND")
	})
}

// TestACopyOnPaperIsNotSignedDigitally.
func TestACopyOnPaperIsNotSignedDigitally(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at, printed := d.issuedLetter(t)
		copyAt := at + "/sao?don-vi=" + string(d.Town.ID)
		form := with(d.Get(copyAt).Hidden(), "kind", "SY", "notation", "UBND", "place", "Hương Trà", "name", "Nguyễn Văn Mẫu")
		want(t, "copy", d.Post(copyAt, form), http.StatusSeeOther)
		list, err := d.Letters.Copies(t.Context(), d.clerk, d.Town.ID, 2024)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		copied := "/don-vi/so-van-ban/sao/" + string(list[0].ID)
		page := d.Get(copied)
		want(t, "its page", page, http.StatusOK, "01/SY-UBND", copied+"/pdf")
		lacks(t, "its page", page, "Chờ ký số", "ban-ky")
		signed := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil).Sign(t, printed)
		want(t, "signed", d.uploads(copied+"/ban-ky", signed), http.StatusConflict)
	})
}
