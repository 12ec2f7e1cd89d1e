// Package asset holds the built style, script, fonts and icons inside the binary and serves them.
//
// It owns the way from a plain name ("app.css") to the address that carries the content's hash; it refuses to know who
// asks. The sources lie in assets/ and are built by "npm run build" into dist/, which is embedded.
//
// Invariant: what is served under one address never changes, so it may be cached for ever.
package asset
