// Package pdfsign looks into the digital signatures of a PDF: whose certificate it is, whether the bytes that were signed are
// unchanged, and whether they are the whole file. It says what it found and invents nothing: whether a certificate can be
// trusted is only judged against roots that the operator names.
package pdfsign

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smallstep/pkcs7"
)

// Limits of a file.
const (
	maxSignatures = 20
	maxContainer  = 1 << 20   // of one signature with its certificates
	maxLooked     = 100 << 20 // bytes that are looked through for what stands behind signatures, in all
)

// Chain is what could be said of the chain of a certificate.
type Chain string

// The findings about a chain.
const (
	NotChecked Chain = "notChecked" // no roots are configured
	Trusted    Chain = "trusted"
	Untrusted  Chain = "untrusted"
)

// Problem is why a signature could not be checked.
type Problem string

// The problems.
const (
	Range    Problem = "range"    // the bytes it says it covers are not in the file
	Kind     Problem = "kind"     // a kind of signature that is not checked here
	Broken   Problem = "broken"   // what stands in its place is no signature
	Signers  Problem = "signers"  // not exactly one signer with a certificate
	Digest   Problem = "digest"   // a digest that binds nothing any more
	Validity Problem = "validity" // signed when the certificate was not valid
)

// Error makes a problem an error.
func (p Problem) Error() string { return "pdfsign: " + string(p) }

// Signature is what was found about one signature.
type Signature struct {
	Signer, Organ string // the names in the certificate
	Subject       string // all of its subject
	Issuer        string
	Serial        string // hexadecimal
	From, Until   time.Time
	At            time.Time // when it was signed, as the signature claims; zero when it does not
	Intact        bool      // the bytes it covers are those that were signed
	Whole         bool      // and they are the whole file
	Extended      bool      // not, but nothing stands behind them than what signatures are checked with
	Chain         Chain
	Problem       Problem // why it could not be checked; "" when it was
}

// ErrNotPDF says that the bytes are no PDF, or have more signatures than any document would.
var ErrNotPDF = errors.New("pdfsign: not a PDF that can be looked into")

var (
	reRange  = regexp.MustCompile(`/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]`)
	reFilter = regexp.MustCompile(`/SubFilter\s*/([A-Za-z0-9.]+)`)
)

// Read checks every signature of a file, in the order in which they stand in it. roots may be nil.
func Read(file []byte, roots *x509.CertPool) ([]Signature, error) {
	if !bytes.HasPrefix(file, []byte("%PDF-")) {
		return nil, ErrNotPDF
	}
	found := reRange.FindAllSubmatchIndex(file, maxSignatures+1)
	if len(found) > maxSignatures {
		return nil, fmt.Errorf("%w: more than %d signatures", ErrNotPDF, maxSignatures)
	}
	out := []Signature{}
	looked := 0
	for _, m := range found {
		var span [4]int
		for i := range span {
			n, err := strconv.Atoi(string(file[m[2+2*i]:m[3+2*i]]))
			if err != nil {
				n = len(file) + 1 // beyond every file
			}
			span[i] = n
		}
		s, err := one(file, m[0], span, roots)
		if s.Intact && !s.Whole {
			looked += len(file)
			s.Extended = looked <= maxLooked && onlyForChecking(file, span[2]+span[3])
		}
		if err != nil {
			s.Problem = Broken
			if p, ok := errors.AsType[Problem](err); ok {
				s.Problem = p
			}
		}
		out = append(out, s)
	}
	return out, nil
}

func one(file []byte, at int, span [4]int, roots *x509.CertPool) (Signature, error) {
	s := Signature{Chain: NotChecked}
	gap, end := span[0]+span[1], span[2]+span[3]
	if span[0] != 0 || gap > span[2] || end > len(file) {
		return s, Range
	}
	// Only the line end that programs add may follow.
	s.Whole = len(bytes.TrimRight(file[end:], "\r\n")) == 0
	filter := "adbe.pkcs7.detached"
	if m := reFilter.FindSubmatch(object(file, at)); m != nil {
		filter = string(m[1])
	}
	if filter != "adbe.pkcs7.detached" && filter != "ETSI.CAdES.detached" {
		return s, Kind
	}
	container, err := contents(file[gap:span[2]])
	if err != nil {
		return s, err
	}
	p7, err := pkcs7.Parse(container)
	if err != nil {
		return s, Broken
	}
	cert := p7.GetOnlySigner()
	if cert == nil {
		return s, Signers
	}
	s.name(cert)
	var claimed time.Time
	if err := p7.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &claimed); err == nil {
		s.At = claimed.UTC()
	}
	if digest := p7.Signers[0].DigestAlgorithm.Algorithm; !slices.ContainsFunc(digests, digest.Equal) {
		return s, Digest
	}
	p7.Content = slices.Concat(file[:gap], file[span[2]:end])
	if err := p7.Verify(); err != nil {
		var outside *pkcs7.SigningTimeNotValidError
		if errors.As(err, &outside) {
			return s, Validity
		}
		return s, nil // read and checked: the bytes are not those that were signed
	}
	s.Intact = true
	s.Chain = chain(p7, cert, s.At, roots)
	return s, nil
}

// digests are those that still bind a document: SHA-256, SHA-384, SHA-512.
var digests = []asn1.ObjectIdentifier{pkcs7.OIDDigestAlgorithmSHA256, pkcs7.OIDDigestAlgorithmSHA384, pkcs7.OIDDigestAlgorithmSHA512}

func (s *Signature) name(c *x509.Certificate) {
	s.Signer, s.Subject, s.Issuer = c.Subject.CommonName, c.Subject.String(), c.Issuer.CommonName
	s.Organ = strings.Join(c.Subject.Organization, ", ")
	if s.Signer == "" {
		s.Signer = s.Subject
	}
	if s.Issuer == "" {
		s.Issuer = c.Issuer.String()
	}
	s.Serial, s.From, s.Until = fmt.Sprintf("%X", c.SerialNumber), c.NotBefore.UTC(), c.NotAfter.UTC()
}

// chain follows the certificate to the roots as it was valid when it claims to have signed.
func chain(p7 *pkcs7.PKCS7, cert *x509.Certificate, at time.Time, roots *x509.CertPool) Chain {
	if roots == nil {
		return NotChecked
	}
	between := x509.NewCertPool()
	for _, c := range p7.Certificates {
		between.AddCert(c)
	}
	if at.IsZero() {
		at = cert.NotBefore
	}
	if _, err := cert.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}); err != nil {
		return Untrusted
	}
	return Trusted
}

// object is what surrounds the range: the dictionary of the signature.
func object(file []byte, at int) []byte {
	from := bytes.LastIndex(file[max(0, at-200_000):at], []byte(" obj")) + max(0, at-200_000)
	to := bytes.Index(file[at:], []byte("endobj"))
	if to < 0 {
		to = len(file) - at
	}
	return file[max(0, from) : at+to]
}

// contents decodes what stands between the signed parts: one hexadecimal string and nothing else, so that nothing can hide
// there. Programs fill it up with noughts behind the signature.
func contents(gap []byte) ([]byte, error) {
	gap = bytes.TrimSpace(gap)
	if len(gap) < 2 || gap[0] != '<' || gap[len(gap)-1] != '>' || len(gap) > 2*maxContainer {
		return nil, Broken
	}
	b, err := hex.DecodeString(string(gap[1 : len(gap)-1]))
	if err != nil {
		return nil, Broken
	}
	var outer asn1.RawValue
	if rest, err := asn1.Unmarshal(b, &outer); err == nil {
		if len(bytes.Trim(rest, "\x00")) > 0 {
			return nil, Broken
		}
		return outer.FullBytes, nil
	}
	return b, nil // indefinite lengths, which encoding/asn1 does not read: the library copes or says why not
}
