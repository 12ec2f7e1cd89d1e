// Package entrants holds the pages of those who take part, made for a cheap phone: what to do next, registering,
// announcing a clean-up, attendance, the report with its photos, and the appeal.
//
// It decides nothing: what may be done, and what is wrong with it, the services say. Invariant: every form works
// without script, and one that fails comes back as it was filled in, with all faults beside their inputs.
package entrants
