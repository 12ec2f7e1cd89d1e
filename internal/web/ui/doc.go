// Package ui holds the components every page is built from: the frame of a page, fields, statuses, figures, tables,
// charts and maps.
//
// It owns how things look and read; it refuses to know what a report or a letter is: pages hand it typed structs with
// words already chosen, and it asks the catalogue only for its own words (keys under "ui.").
//
// Invariant: nothing here needs script, and nothing here writes a style attribute or inline script, so that the strict
// content security policy holds. Script and style find components by class and data attributes.
package ui
