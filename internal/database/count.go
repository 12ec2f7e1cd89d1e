package database

import (
	"context"
	"reflect"
	"sync/atomic"
)

// Count is how often the database was asked under a context, and for how much.
type Count struct {
	statements, rows atomic.Int64
}

// Statements is how many statements were sent.
func (c *Count) Statements() int { return int(c.statements.Load()) }

// Rows is how many rows came back to be scanned.
func (c *Count) Rows() int { return int(c.rows.Load()) }

type countKey struct{}

// Counting returns a context under which what the database is asked is counted: the time of a page says little on a machine
// that others share, how often it asks says whether it grows with what is kept.
func Counting(ctx context.Context) (context.Context, *Count) {
	c := &Count{}
	return context.WithValue(ctx, countKey{}, c), c
}

// asked counts a statement, with the rows that it brought into dst.
func asked(ctx context.Context, dst any) {
	c, ok := ctx.Value(countKey{}).(*Count)
	if !ok {
		return
	}
	c.statements.Add(1)
	if list := reflect.Indirect(reflect.ValueOf(dst)); list.Kind() == reflect.Slice {
		c.rows.Add(int64(list.Len()))
	} else if dst != nil {
		c.rows.Add(1)
	}
}
