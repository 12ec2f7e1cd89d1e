// Package paper owns what goes on paper and knows no subject: a document is sections of paragraphs, tables and rules with
// sizes in points, and the folders below write it as DOCX and PDF, so that both look alike. Sheets and QR codes are there
// too.
//
// Invariant: the same document gives the same bytes; dates are passed in, and every text is NFC before it is set, because
// decomposed Vietnamese prints with its marks adrift.
package paper
