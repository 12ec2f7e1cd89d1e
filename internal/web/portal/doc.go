// Package portal owns the public site: the home page, a challenge with its rules and dates, its clean-ups, standings,
// statistics and published results, public photos and documents.
//
// It reads for everybody, whoever is signed in, so that a page shows the same to all; it refuses to compute a figure
// of its own: they come from insight and award. Invariant: no page shows a phone, an e-mail, a birth date or a hidden
// name, and every figure says its unit and the time up to which it counts.
package portal
