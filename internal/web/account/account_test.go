package account_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sachhon/internal/person"
)

const (
	clerkMail = "vanthu@tuha.example.vn"
	uuid      = "01900000-0000-7000-8000-000000000001"
)

var codeIn = regexp.MustCompile(`\d{3} \d{3}`)

func TestSignInByCodeComesBack(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		b := w.browser(t)
		page := b.get("/dang-nhap?return=%2Fdon-vi%3Fa%3Db").Body.String()
		if !strings.Contains(page, `value="/don-vi?a=b"`) {
			t.Fatal("the form forgets where to go back to")
		}
		b.want(b.post("/dang-nhap", "email", clerkMail, "return", "/don-vi?a=b"), 303, "/dang-nhap/ma")
		page = b.get("/dang-nhap/ma").Body.String()
		for _, want := range []string{`inputmode="numeric"`, `autocomplete="one-time-code"`, clerkMail} {
			if !strings.Contains(page, want) {
				t.Errorf("the page for the code lacks %s", want)
			}
		}
		mail, ok := w.lastMail(t, clerkMail)
		if !ok {
			t.Fatal("no mail came")
		}
		code := codeIn.FindString(mail.Text)
		wrong := "000 000"
		if code == wrong {
			wrong = "111 111"
		}
		if rec := b.post("/dang-nhap/ma", "code", wrong); rec.Code != 422 || !strings.Contains(rec.Body.String(), wrong) || b.signedIn() {
			t.Errorf("a wrong code: %d, form empty or signed in", rec.Code)
		}
		b.want(b.post("/dang-nhap/ma", "code", code), 303, "/don-vi?a=b")
		if !b.signedIn() {
			t.Error("nobody is signed in")
		}
		other := w.browser(t)
		other.post("/dang-nhap", "email", clerkMail)
		if rec := other.post("/dang-nhap/ma", "code", code); rec.Code != http.StatusGone || other.signedIn() {
			t.Errorf("a used code: %d", rec.Code)
		}
	})
}

func TestExpiredCodeIsGone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		b := w.browser(t)
		b.post("/dang-nhap", "email", clerkMail)
		mail, _ := w.lastMail(t, clerkMail)
		w.clk.Advance(16 * time.Minute)
		if rec := b.post("/dang-nhap/ma", "code", codeIn.FindString(mail.Text)); rec.Code != http.StatusGone || b.signedIn() {
			t.Errorf("got %d", rec.Code)
		}
		if rec := b.get(mail.Links[0]); rec.Code != http.StatusGone || strings.Contains(rec.Body.String(), `name="token"`) {
			t.Errorf("the page of an expired link: %d, or it has a button", rec.Code)
		}
	})
}

func TestAnswerHidesWhetherThereIsAnAccount(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		answers := map[string]string{}
		for _, email := range []string{clerkMail, "nobody@tuha.example.vn"} {
			b := w.browser(t)
			rec := b.post("/dang-nhap", "email", email)
			b.want(rec, 303, "/dang-nhap/ma")
			shown := strings.ReplaceAll(b.get("/dang-nhap/ma").Body.String(), email, "EMAIL")
			wrong := strings.ReplaceAll(b.post("/dang-nhap/ma", "code", "000000").Body.String(), email, "EMAIL")
			answers[shown+wrong] = email
		}
		if len(answers) != 1 {
			t.Error("the answers differ")
		}
	})
}

func TestLinkSignsInByButtonOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		b := w.browser(t)
		b.post("/dang-nhap", "email", clerkMail, "return", "/cuoc-thi/x")
		mail, _ := w.lastMail(t, clerkMail)
		for range 2 { // a scanner opens it first
			if rec := b.get(mail.Links[0]); rec.Code != 200 || b.signedIn() {
				t.Fatalf("opening the link: %d, or signed in", rec.Code)
			}
		}
		u, err := url.Parse(mail.Links[0])
		if err != nil {
			t.Fatal(err)
		}
		token := u.Query().Get("token")
		b.want(b.post("/dang-nhap/lien-ket", "token", token), 303, "/cuoc-thi/x")
		if !b.signedIn() {
			t.Error("nobody is signed in")
		}
		other := w.browser(t)
		if rec := other.post("/dang-nhap/lien-ket", "token", token); rec.Code != http.StatusGone || other.signedIn() {
			t.Errorf("the same link again: %d", rec.Code)
		}
		if rec := other.get("/dang-nhap/lien-ket?token=<script>"); rec.Code != http.StatusGone || strings.Contains(rec.Body.String(), "<script>\"") {
			t.Errorf("a broken link: %d", rec.Code)
		}
	})
}

func TestReturnStaysOnThisSite(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		b := w.browser(t)
		b.post("/dang-nhap", "email", clerkMail, "return", "https://evil.example/")
		mail, _ := w.lastMail(t, clerkMail)
		b.want(b.post("/dang-nhap/ma", "code", codeIn.FindString(mail.Text)), 303, "/tai-khoan")
	})
}

func TestTooManyRequestsKeepTheForm(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b := w.browser(t)
		for range 5 {
			b.want(b.post("/dang-nhap", "email", clerkMail), 303, "/dang-nhap/ma")
		}
		if rec := b.post("/dang-nhap", "email", clerkMail); rec.Code != http.StatusTooManyRequests || !strings.Contains(rec.Body.String(), clerkMail) {
			t.Errorf("got %d, or the form is empty", rec.Code)
		}
		if rec := b.post("/dang-nhap", "email", "không phải địa chỉ"); rec.Code != 422 || !strings.Contains(rec.Body.String(), `aria-invalid="true"`) {
			t.Errorf("no address: %d", rec.Code)
		}
	})
}

func TestSignUpWantsConsentAndMailsACode(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b := w.browser(t)
		if page := b.get("/tao-tai-khoan").Body.String(); strings.Contains(page, " checked") {
			t.Error("the box of the consent is ticked beforehand")
		}
		const name, email = "Nguyễn Văn Bình", "binh@example.vn"
		rec := b.post("/tao-tai-khoan", "id", uuid, "name", name, "email", email)
		if rec.Code != 422 || !strings.Contains(html.UnescapeString(rec.Body.String()), name) {
			t.Errorf("without consent: %d, or the form is empty", rec.Code)
		}
		if rec := b.post("/tao-tai-khoan", "id", uuid, "name", "<script>alert(1)</script>", "email", email, "consent", "on"); rec.Code != 422 ||
			strings.Contains(rec.Body.String(), "<script>alert") {
			t.Errorf("a script as a name: %d, or it is markup", rec.Code)
		}
		if rec := b.post("/tao-tai-khoan", "name", name, "email", email, "consent", "on"); rec.Code != 400 {
			t.Errorf("without an ID: %d", rec.Code)
		}
		for range 2 { // pressed twice
			b.want(b.post("/tao-tai-khoan", "id", uuid, "name", name, "email", email, "consent", "on"), 303, "/dang-nhap/ma")
		}
		mail, ok := w.lastMail(t, email)
		if !ok {
			t.Fatal("no code was mailed")
		}
		b.want(b.post("/dang-nhap/ma", "code", codeIn.FindString(mail.Text)), 303, "/tai-khoan")
		if page := html.UnescapeString(b.get("/tai-khoan").Body.String()); !strings.Contains(page, name) || !strings.Contains(page, "Chrome · Android") {
			t.Error("the account page lacks the name or the device")
		}
		// The address of somebody who has an account: the same answer, and a mail to its owner.
		stranger := w.browser(t)
		stranger.want(stranger.post("/tao-tai-khoan", "id", "01900000-0000-7000-8000-000000000002", "name", "Ai Đó", "email", email, "consent", "on"), 303, "/dang-nhap/ma")
	})
}

func TestSessionsAreEndedByTheirOwner(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		me := w.clerk(t, clerkMail)
		someone := w.clerk(t, "khac@example.vn")
		first, second, other := w.browser(t), w.browser(t), w.browser(t)
		ids := map[*browser]string{}
		for b, p := range map[*browser]person.Person{first: me, second: me, other: someone} {
			in, err := w.sessions.Create(t.Context(), p.ID, "Chrome · Android")
			if err != nil {
				t.Fatal(err)
			}
			ids[b] = string(in.SessionID)
			b.cookies["sachhon"] = &http.Cookie{Name: "sachhon", Value: in.Token}
		}
		if rec := other.post("/tai-khoan/phien/" + ids[first] + "/ket-thuc"); rec.Code != http.StatusNotFound {
			t.Errorf("somebody else's session: %d", rec.Code)
		}
		if rec := other.post("/tai-khoan/phien/x/ket-thuc"); rec.Code != http.StatusNotFound {
			t.Errorf("no identifier: %d", rec.Code)
		}
		first.want(first.post("/tai-khoan/phien/"+ids[second]+"/ket-thuc"), 303, "/tai-khoan")
		if second.signedIn() || !first.signedIn() || !other.signedIn() {
			t.Error("the wrong session was ended")
		}
		third, err := w.sessions.Create(t.Context(), me.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		second.cookies["sachhon"].Value = third.Token
		first.want(first.post("/tai-khoan/phien-khac/ket-thuc"), 303, "/tai-khoan")
		if page := html.UnescapeString(first.get("/tai-khoan").Body.String()); !strings.Contains(page, "Đã đăng xuất 1 thiết bị khác.") {
			t.Error("nothing says how many were ended")
		}
		if !first.signedIn() || second.signedIn() {
			t.Error("ending the others ended this one, or not the other")
		}
		token := first.cookies["sachhon"]
		first.want(first.post("/dang-xuat"), 303, "/")
		first.cookies["sachhon"] = token
		if first.signedIn() {
			t.Error("the token lives on after signing out")
		}
		first.want(first.post("/dang-xuat"), 303, "/")
	})
}

func TestMailFolder(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clerk(t, clerkMail)
		b := w.browser(t)
		if rec := b.get("/dev/mail"); rec.Code != 200 {
			t.Fatalf("empty: %d", rec.Code)
		}
		b.post("/dang-nhap", "email", clerkMail)
		mail, _ := w.lastMail(t, clerkMail)
		if list := b.get("/dev/mail").Body.String(); !strings.Contains(list, "/dev/mail/"+mail.Name) {
			t.Error("the list does not lead to the mail")
		}
		if page := html.UnescapeString(b.get("/dev/mail/" + mail.Name).Body.String()); !strings.Contains(page, `href="`+mail.Links[0]+`"`) {
			t.Error("the link in the mail cannot be clicked")
		}
		for _, name := range []string{"nothing.eml", "..%2F..%2Fetc%2Fpasswd"} {
			if rec := b.get("/dev/mail/" + name); rec.Code != http.StatusNotFound {
				t.Errorf("%s: %d", name, rec.Code)
			}
		}
	})
}
