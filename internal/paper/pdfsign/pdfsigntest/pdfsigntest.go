// Package pdfsigntest signs PDFs in tests as the programs of officials do: behind the file, which stays as it is.
package pdfsigntest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
)

// Signer is a certificate with its key.
type Signer struct {
	Cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// New makes a signer whose certificate another one issued; nil makes it its own authority. It is valid around now, which is
// when it signs.
func New(t testing.TB, name, organ string, by *Signer) Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(0xABC), Subject: pkix.Name{CommonName: name, Organization: []string{organ}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IsCA: by == nil, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	parent, signing := template, key
	if by != nil {
		parent, signing = by.Cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signing)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return Signer{cert, key}
}

// Detached signs bytes; the signature says that it was made now.
func (s Signer) Detached(t testing.TB, content []byte) []byte {
	t.Helper()
	sd, err := pkcs7.NewSignedData(content)
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := sd.AddSigner(s.Cert, s.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	sd.Detach()
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}

var (
	reRoot  = regexp.MustCompile(`/Root\s+(\d+)\s+0\s+R`)
	reSize  = regexp.MustCompile(`/Size\s+(\d+)`)
	reStart = regexp.MustCompile(`startxref\s+(\d+)`)
)

// room is how long a signature may be.
const room = 4000

// Sign appends a signature over the whole file, with its field and a new catalogue, to a file with a table of objects.
func (s Signer) Sign(t testing.TB, file []byte) []byte {
	t.Helper()
	last := func(re *regexp.Regexp) int {
		all := re.FindAllSubmatch(file, -1)
		if len(all) == 0 {
			t.Fatalf("the file has no %s", re)
		}
		n, err := strconv.Atoi(string(all[len(all)-1][1]))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	root, size, start := last(reRoot), last(reSize), last(reStart)
	_, catalog, ok := bytes.Cut(file, fmt.Appendf(nil, "\n%d 0 obj", root))
	catalog, _, closed := bytes.Cut(catalog, []byte("endobj"))
	catalog = bytes.TrimSpace(catalog)
	if !ok || !closed || !bytes.HasSuffix(catalog, []byte(">>")) {
		t.Fatalf("the catalogue is not where it should be: %.200q", catalog)
	}
	out := bytes.NewBuffer(bytes.Clone(file))
	out.WriteString("\n")
	var places [3]int
	object := func(i, number int, body string) {
		places[i] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", number, body)
	}
	object(0, root, fmt.Sprintf("%s/AcroForm<</SigFlags 3/Fields[%d 0 R]>>>>", bytes.TrimSuffix(catalog, []byte(">>")), size+1))
	object(1, size+1, fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/V %d 0 R>>", size))
	const spanRoom = 48
	object(2, size, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange["+strings.Repeat(" ", spanRoom)+"]/Contents<"+strings.Repeat("0", 2*room)+">>>")
	at := out.Len()
	fmt.Fprintf(out, "xref\n%d 1\n%010d 00000 n \n%d 2\n%010d 00000 n \n%010d 00000 n \n", root, places[0], size, places[2], places[1])
	fmt.Fprintf(out, "trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", size+2, root, start, at)

	signed := out.Bytes()
	open := places[2] + bytes.Index(signed[places[2]:], []byte("/Contents<")) + len("/Contents")
	end := open + 2*room + 2
	span := places[2] + bytes.Index(signed[places[2]:], []byte("/ByteRange[")) + len("/ByteRange[")
	copy(signed[span:], fmt.Sprintf("0 %d %d %d", open, end, len(signed)-end))
	der := s.Detached(t, append(bytes.Clone(signed[:open]), signed[end:]...))
	if len(der) > room {
		t.Fatalf("the signature takes %d bytes", len(der))
	}
	hex.Encode(signed[open+1:], der)
	return signed
}
