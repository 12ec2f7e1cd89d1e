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

// room is how long a signature may be.
const room = 4000

// Sign appends a signature over the whole file, with its field and a new catalogue, to a file with a table of objects.
func (s Signer) Sign(t testing.TB, file []byte) []byte {
	t.Helper()
	return s.sign(t, file, "/Rect[0 0 0 0]")
}

// SignShown is Sign with a box on the first page, its corner so many points from the left and from the bottom, that shows lines
// of text in letters that need no font.
func (s Signer) SignShown(t testing.TB, file []byte, x, y float64, lines ...string) []byte {
	t.Helper()
	page, box := FirstPage(t, file), last(t, reSize, file)
	var text strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&text, "BT /F 9 Tf 2 %d Td (%s) Tj ET\n", 12*(len(lines)-i)-9, line)
	}
	size := fmt.Sprintf("0 0 150 %d", 12*len(lines))
	file = Update(t, file, map[int]string{
		page: strings.TrimSuffix(Object(t, file, page), ">>") + fmt.Sprintf("/Annots[%d 0 R]>>", box+2),
		box: fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Length %d>>\nstream\n%sendstream",
			size, text.Len(), text.String()),
	})
	return s.sign(t, file, fmt.Sprintf("/P %d 0 R/Rect[%.2f %.2f %.2f %.2f]/AP<</N %d 0 R>>", page, x, y, x+150, y+12*float64(len(lines)), box))
}

func (s Signer) sign(t testing.TB, file []byte, look string) []byte {
	t.Helper()
	root, size := last(t, reRoot, file), last(t, reSize, file)
	const spanRoom = 48
	signed := Update(t, file, map[int]string{
		root:     strings.TrimSuffix(Object(t, file, root), ">>") + fmt.Sprintf("/AcroForm<</SigFlags 3/Fields[%d 0 R]>>>>", size+1),
		size:     "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[" + strings.Repeat(" ", spanRoom) + "]/Contents<" + strings.Repeat("0", 2*room) + ">>>",
		size + 1: fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132%s/V %d 0 R>>", look, size),
	})
	open := bytes.LastIndex(signed, []byte("/Contents<")) + len("/Contents")
	end := open + 2*room + 2
	span := bytes.LastIndex(signed, []byte("/ByteRange[")) + len("/ByteRange[")
	copy(signed[span:], fmt.Sprintf("0 %d %d %d", open, end, len(signed)-end))
	der := s.Detached(t, append(bytes.Clone(signed[:open]), signed[end:]...))
	if len(der) > room {
		t.Fatalf("the signature takes %d bytes", len(der))
	}
	hex.Encode(signed[open+1:], der)
	return signed
}
