package cleanup

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// Cursor is the place in a list of clean-ups after which the next page begins. Every list is in the same order, the
// latest start first, so one serves them all.
type Cursor struct {
	StartsAt clock.Time
	ID       ident.ID
}

func (c Cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.StartsAt.UnixMicro(), 10) + "." + c.ID.String()))
}

// ParseCursor reads what String wrote.
func ParseCursor(s string) (c Cursor, err error) {
	malformed := fault.Malformed.With("cleanup.fault.cursor")
	if len(s) > 200 {
		return c, malformed
	}
	text, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return c, malformed.Because(err)
	}
	micro, id, _ := strings.Cut(string(text), ".")
	n, err := strconv.ParseInt(micro, 10, 64)
	if err != nil {
		return c, malformed.Because(err)
	}
	if c.ID, err = ident.Parse(id); err != nil {
		return c, malformed.Because(err)
	}
	c.StartsAt = clock.At(time.UnixMicro(n))
	return c, nil
}
