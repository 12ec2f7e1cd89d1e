package session

import (
	"context"
	"time"

	"sachhon/internal/database"
	"sachhon/internal/fault"
)

// limit allows so many tries in a window that opens with the first of them.
type limit struct {
	name   string
	tries  int
	window time.Duration
}

// The limits: lenient for a place, since a school shares one address, strict for an account. Ten wrong codes a day
// leave a guesser one chance in a hundred thousand; the link of a mail works all the same.
var (
	requestsByAddress = limit{"request.address", 200, 15 * time.Minute}
	requestsByAccount = limit{"request.account", 5, 15 * time.Minute}
	redeemsByAddress  = limit{"redeem.address", 400, 15 * time.Minute}
	wrongByAccount    = limit{"wrong.account", 10, 24 * time.Hour}
)

// count notes one try and returns TooMany as refused when it is beyond the limit. The caller commits either way. The
// row that is counted up makes tries of one subject take turns.
func (s *Service) count(ctx context.Context, tx *database.Tx, l limit, subject string) (refused, err error) {
	tries, opened, err := countTry(ctx, tx, l.name, subject, tx.Now().Add(-l.window))
	if err != nil || tries <= l.tries {
		return nil, err
	}
	wait := l.window - tx.Now().Sub(opened.Time)
	if wait > time.Hour {
		return fault.TooMany.With("session.fault.tooManyHours", "Count", int((wait+time.Hour-1)/time.Hour)), nil
	}
	return fault.TooMany.With("session.fault.tooMany", "Count", int((wait+time.Minute-1)/time.Minute)), nil
}
