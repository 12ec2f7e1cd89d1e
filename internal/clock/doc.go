// Package clock owns what time it is and how an instant is stored.
//
// Nothing below cmd reads the wall clock: a Clock is passed in, so that a replay, a demonstration and a test
// can live on a day of their own. An instant is kept as microseconds since 1970 in UTC on both database engines,
// so that what is read equals what was written.
package clock
