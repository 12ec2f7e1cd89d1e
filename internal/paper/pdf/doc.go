// Package pdf sets documents of package paper as PDF, and gives posters and slides a canvas to draw on. Fonts are embedded
// as subsets; text is composed, so that it prints as it reads; the same input gives the same bytes.
package pdf
