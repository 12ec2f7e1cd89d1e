// Package web owns what every page and every answer share: the router with its access rules, the middleware
// (request ID, log, panic, security headers, cross-origin protection, compression, limits), rendering, the frame of
// a page, and how a fault becomes an answer.
//
// It knows no page. Each audience has a package of its own beside it, and internal/app puts them together.
package web
