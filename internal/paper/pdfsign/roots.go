package pdfsign

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
)

// Config names the authorities whose certificates are trusted.
type Config struct {
	Roots string `name:"roots" env:"SACHHON_SIGNING_ROOTS" help:"PEM file of the root certificates of authorities that are trusted; none judges no certificate."`
}

// Validate reports a file that cannot be used, before anybody uploads a signed document.
func (c Config) Validate() error {
	_, err := c.Pool()
	return err
}

// Pool reads the roots; nil when none are named. A certificate that cannot be read is an error: left out in silence it would
// make everything below it look forged.
func (c Config) Pool() (pool *x509.CertPool, err error) {
	if c.Roots == "" {
		return pool, nil
	}
	rest, err := os.ReadFile(c.Roots)
	if err != nil {
		return nil, fmt.Errorf("signing roots: %w", err)
	}
	pool = x509.NewCertPool()
	n := 0
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		n++
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("signing roots: block %d of %s is a %s, not a CERTIFICATE", n, c.Roots, block.Type)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("signing roots: certificate %d of %s: %w", n, c.Roots, err)
		}
		pool.AddCert(cert)
	}
	if n == 0 {
		return nil, errors.New("signing roots: no certificate in PEM form in " + c.Roots)
	}
	return pool, nil
}
