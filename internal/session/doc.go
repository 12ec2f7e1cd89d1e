// Package session owns signing in by a code or a link sent by e-mail, and the sessions that follow.
//
// It knows no subject: an account is an identifier behind an interface. There are no passwords. Whether an account
// exists shows neither in an answer nor in the time it takes; codes work once, for a quarter of an hour; everything
// secret is stored hashed.
package session
