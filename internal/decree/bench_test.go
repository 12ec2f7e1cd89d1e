package decree_test

import (
	"io"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
)

func benchmark(b *testing.B, doc letter.Document, write func(io.Writer, letter.Document, decree.Options) error) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if err := write(io.Discard, doc, decree.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLetterPDF sets a letter of one page.
func BenchmarkLetterPDF(b *testing.B) { benchmark(b, decreetest.Letter(), decree.PDF) }

// BenchmarkPlanPDF sets a plan of five pages.
func BenchmarkPlanPDF(b *testing.B) { benchmark(b, decreetest.Plan(), decree.PDF) }

// BenchmarkLetterDOCX sets the same letter as DOCX.
func BenchmarkLetterDOCX(b *testing.B) { benchmark(b, decreetest.Letter(), decree.DOCX) }
