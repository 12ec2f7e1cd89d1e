package pdfsign_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"sachhon/internal/paper/pdfsign"
)

type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func issue(t testing.TB, name string, by *authority, ca bool) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(0xABC), Subject: pkix.Name{CommonName: name, Organization: []string{"Ủy ban nhân dân Mẫu"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IsCA: ca, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, key}
}

// signed makes a small PDF with a signature over everything but its own place.
func signed(t testing.TB, by authority, filter string) []byte {
	t.Helper()
	const room = 8000
	head := "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/" + filter + "/Contents "
	tail := "/ByteRange [%s]>>\nendobj\n3 0 obj\n(Kinh phi: 1000)\nendobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
	spanRoom := 40
	end := len(head) + 2*room + 2
	rest := fmt.Sprintf(tail, strings.Repeat(" ", spanRoom))
	span := fmt.Sprintf("0 %d %d %d", len(head), end, len(rest))
	rest = fmt.Sprintf(tail, span+strings.Repeat(" ", spanRoom-len(span)))
	sd, err := pkcs7.NewSignedData([]byte(head + rest))
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := sd.AddSigner(by.cert, by.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	sd.Detach()
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	place := make([]byte, room)
	copy(place, der)
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
	root := issue(t, "Gốc Mẫu", nil, true)
	signer := issue(t, "Nguyễn Văn Mẫu", &root, false)
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
		pool.AddCert(root.cert)
		if s := read(t, file, pool); s.Chain != pdfsign.Trusted {
			t.Errorf("with its root: %+v", s)
		}
		other := x509.NewCertPool()
		other.AddCert(issue(t, "Gốc khác", nil, true).cert)
		if s := read(t, file, other); s.Chain != pdfsign.Untrusted || !s.Intact {
			t.Errorf("with another root: %+v", s)
		}
	}
}

func TestWhatIsNotChecked(t *testing.T) {
	signer := issue(t, "Nguyễn Văn Mẫu", nil, true)
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
	signer := issue(f, "Nguyễn Văn Mẫu", nil, true)
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
	root := issue(t, "Gốc Mẫu", nil, true)
	pemOf := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	good := pemOf("CERTIFICATE", root.cert.Raw)
	file := signed(t, issue(t, "Nguyễn Văn Mẫu", &root, false), "adbe.pkcs7.detached")
	for name, tt := range map[string]struct{ content, want string }{
		"one":            {good, ""},
		"with words":     {"Gốc quốc gia\n" + good + good, ""},
		"empty":          {"", "no certificate"},
		"no PEM":         {"\x30\x82", "no certificate"},
		"a key":          {good + pemOf("PRIVATE KEY", []byte("x")), "block 2"},
		"a broken one":   {good + pemOf("CERTIFICATE", root.cert.Raw[:40]), "certificate 2"},
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
