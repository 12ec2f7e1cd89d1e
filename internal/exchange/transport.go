package exchange

import (
	"context"

	"sachhon/internal/fault"
	"sachhon/internal/letter"
)

// Parcel is a package on its way.
type Parcel struct {
	Name string // of the file, the same at every try
	Kind Kind   // LetterKind or ReportKind
	Body []byte
}

// Transport carries packages to one partner and brings what waits there. This is the place where another way is added, the
// real API of the national axis included.
type Transport interface {
	// Send hands a package over and returns the partner's identifier for it, if it gives one. It may be called again with
	// the same package. A partner that refuses answers with a Refusal; any other error is tried again later.
	Send(ctx context.Context, p Parcel) (remote string, err error)
	// Fetch gives each package that waits to accept and takes it away once accept has answered; what accept fails on stays.
	// Coming again with the same package does no harm.
	Fetch(ctx context.Context, accept func(ctx context.Context, body []byte) (Answer, error)) error
}

// Answer is what a partner is told about its package.
type Answer struct {
	Code    Code
	Message Message
	Fault   *fault.Error // why it was refused, nil for OK
}

// Secret tells whether a package was refused since it holds what such a system must not keep, a transport included.
func (a Answer) Secret() bool { return a.Fault != nil && a.Fault.Key == letter.SecretFault }

// Refusal is a partner's answer that it does not take a package.
type Refusal struct {
	Code Code
	Text string // the partner's words
}

func (r *Refusal) Error() string { return "exchange: the partner refuses: " + r.Text }
