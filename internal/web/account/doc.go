// Package account owns the pages on which people sign in, make an account and look after their sessions, and, where
// mails are kept in a folder instead of being sent, the pages on which they are read.
//
// It decides nothing: codes, limits and consent belong to session and person. Invariant: no answer tells whether an
// address has an account, and opening a page never signs anybody in.
package account
