package pdfsign_test

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfsign"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
	"sachhon/internal/testkit/program"
)

// issue makes an authority of nobody, or somebody whose certificate another one issued.
func issue(t testing.TB, name string, by *pdfsigntest.Signer) pdfsigntest.Signer {
	t.Helper()
	return pdfsigntest.New(t, name, "Ủy ban nhân dân Mẫu", by)
}

// signed makes a small PDF with a signature over everything but its own place.
func signed(t testing.TB, by pdfsigntest.Signer, filter string) []byte {
	t.Helper()
	const room = 8000
	head := "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/" + filter + "/Contents "
	tail := "/ByteRange [%s]>>\nendobj\n3 0 obj\n(Kinh phi: 1000)\nendobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
	spanRoom := 40
	end := len(head) + 2*room + 2
	rest := fmt.Sprintf(tail, strings.Repeat(" ", spanRoom))
	span := fmt.Sprintf("0 %d %d %d", len(head), end, len(rest))
	rest = fmt.Sprintf(tail, span+strings.Repeat(" ", spanRoom-len(span)))
	place := make([]byte, room)
	copy(place, by.Detached(t, []byte(head+rest)))
	return []byte(head + "<" + hex.EncodeToString(place) + ">" + rest)
}

func read(t *testing.T, file []byte, roots *x509.CertPool) pdfsign.Signature {
	t.Helper()
	list, err := pdfsign.Read(file, roots)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d signatures, %v", len(list), err)
	}
	return list[0]
}

func TestRead(t *testing.T) {
	root := issue(t, "Gốc Mẫu", nil)
	signer := issue(t, "Nguyễn Văn Mẫu", &root)
	for _, filter := range []string{"adbe.pkcs7.detached", "ETSI.CAdES.detached"} {
		file := signed(t, signer, filter)
		s := read(t, file, nil)
		if !s.Intact || !s.Whole || s.Problem != "" || s.Chain != pdfsign.NotChecked {
			t.Errorf("%s: %+v", filter, s)
		}
		if s.Signer != "Nguyễn Văn Mẫu" || s.Issuer != "Gốc Mẫu" || s.Organ != "Ủy ban nhân dân Mẫu" || s.Serial != "ABC" || s.At.IsZero() {
			t.Errorf("%s: %+v", filter, s)
		}
		changed := bytes.Replace(file, []byte("1000"), []byte("9000"), 1)
		if s := read(t, changed, nil); s.Intact || s.Problem != "" {
			t.Errorf("a changed file: %+v", s)
		}
		longer := append(bytes.Clone(file), "4 0 obj\n(them)\nendobj\n"...)
		if s := read(t, longer, nil); !s.Intact || s.Whole {
			t.Errorf("a file with something behind it: %+v", s)
		}
		pool := x509.NewCertPool()
		pool.AddCert(root.Cert)
		if s := read(t, file, pool); s.Chain != pdfsign.Trusted {
			t.Errorf("with its root: %+v", s)
		}
		other := x509.NewCertPool()
		other.AddCert(issue(t, "Gốc khác", nil).Cert)
		if s := read(t, file, other); s.Chain != pdfsign.Untrusted || !s.Intact {
			t.Errorf("with another root: %+v", s)
		}
	}
}

// TestAFileThatWasSigned: a file of ours with a signature behind it, as other programs see it too, and with a second one.
func TestAFileThatWasSigned(t *testing.T) {
	signer := issue(t, "Nguyễn Văn Mẫu", nil)
	var plain bytes.Buffer
	page := paper.Section{Page: paper.A4(20, 20, 30, 15), Blocks: []paper.Block{paper.Text(paper.Left, paper.Run{Text: "Kinh phí"})}}
	if err := pdf.Write(&plain, paper.Document{Sections: []paper.Section{page}}); err != nil {
		t.Fatal(err)
	}
	file := signer.Sign(t, plain.Bytes())
	if s := read(t, file, nil); !s.Intact || !s.Whole || s.Signer != "Nguyễn Văn Mẫu" {
		t.Errorf("%+v", s)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program.Need(t, "pdfsig", "poppler-utils"), "-nocert", path).CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("Signature is Valid")) || !bytes.Contains(out, []byte("Total document signed")) {
		t.Errorf("pdfsig: %v\n%s", err, out)
	}
	twice, err := pdfsign.Read(issue(t, "Trần Thị Thử", nil).Sign(t, file), nil)
	if err != nil || len(twice) != 2 || !twice[0].Intact || twice[0].Whole || !twice[1].Intact || !twice[1].Whole {
		t.Errorf("signed twice: %+v, %v", twice, err)
	}
}

func TestWhatIsNotChecked(t *testing.T) {
	signer := issue(t, "Nguyễn Văn Mẫu", nil)
	good := signed(t, signer, "adbe.pkcs7.detached")
	for name, file := range map[string][]byte{
		"another kind":       signed(t, signer, "ETSI.RFC3161"),
		"range beyond":       bytes.Replace(good, []byte("/ByteRange [0 "), []byte("/ByteRange [9 "), 1),
		"no signature in it": bytes.Replace(good, []byte("<30"), []byte("<zz"), 1),
	} {
		if s := read(t, file, nil); s.Intact || s.Problem == "" {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if list, err := pdfsign.Read([]byte("%PDF-1.4\n%%EOF"), nil); err != nil || len(list) != 0 {
		t.Errorf("an unsigned file: %v, %v", list, err)
	}
	if _, err := pdfsign.Read([]byte("PK"), nil); !errors.Is(err, pdfsign.ErrNotPDF) {
		t.Errorf("no PDF: %v", err)
	}
	many := "%PDF-1.4\n" + strings.Repeat("/ByteRange [0 1 2 3]\n", 50)
	if _, err := pdfsign.Read([]byte(many), nil); !errors.Is(err, pdfsign.ErrNotPDF) {
		t.Errorf("many signatures: %v", err)
	}
}

// FuzzRead: whatever the bytes, reading ends, and nothing but the signed bytes is called intact.
func FuzzRead(f *testing.F) {
	signer := issue(f, "Nguyễn Văn Mẫu", nil)
	good := signed(f, signer, "adbe.pkcs7.detached")
	f.Add(good)
	f.Add([]byte("%PDF-1.4 /ByteRange [0 9 9 0] <3080>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		list, err := pdfsign.Read(file, nil)
		if err != nil {
			return
		}
		for _, s := range list {
			if s.Intact && s.Whole && !strings.Contains(string(file), "(Kinh phi: 1000)") {
				t.Fatalf("called intact: %+v", s)
			}
		}
	})
}

// A file of roots is taken whole or not at all.
func TestRootsOfAnOperator(t *testing.T) {
	root := issue(t, "Gốc Mẫu", nil)
	pemOf := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	good := pemOf("CERTIFICATE", root.Cert.Raw)
	file := signed(t, issue(t, "Nguyễn Văn Mẫu", &root), "adbe.pkcs7.detached")
	for name, tt := range map[string]struct{ content, want string }{
		"one":            {good, ""},
		"with words":     {"Gốc quốc gia\n" + good + good, ""},
		"empty":          {"", "no certificate"},
		"no PEM":         {"\x30\x82", "no certificate"},
		"a key":          {good + pemOf("PRIVATE KEY", []byte("x")), "block 2"},
		"a broken one":   {good + pemOf("CERTIFICATE", root.Cert.Raw[:40]), "certificate 2"},
		"no such a file": {"-", "signing roots"},
	} {
		path := filepath.Join(t.TempDir(), "roots.pem")
		if tt.content != "-" {
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c := pdfsign.Config{Roots: path}
		pool, err := c.Pool()
		if tt.want != "" {
			if err == nil || !strings.Contains(err.Error(), tt.want) || c.Validate() == nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if s := read(t, file, pool); s.Chain != pdfsign.Trusted {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if pool, err := (pdfsign.Config{}).Pool(); pool != nil || err != nil {
		t.Errorf("none: %v, %v", pool, err)
	}
}
