// Package demo replays the challenge of June 2024 through the same services that people use, under a set clock and
// from a fixed seed, and sets a second challenge around today, so that everything can be tried by clicking.
//
// The totals are the published ones; every entrant, clean-up, person and photograph is made up, and every page says
// so. It knows how to fill an installation, never how anything is counted: whatever it does goes through a service.
package demo
