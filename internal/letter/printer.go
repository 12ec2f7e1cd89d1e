package letter

import "context"

// Printer sets letters on paper and looks into files that come back signed.
type Printer interface {
	// Print returns a PDF.
	Print(ctx context.Context, doc Document) ([]byte, error)
	// Pages returns a file that shows pages, a PDF or a picture, as a PDF.
	Pages(ctx context.Context, file []byte) ([]byte, error)
	// PrintCopy returns a PDF with the block of the copy, or the mark of an electronic one: of the pages of the original, a
	// PDF; of the document when it is nil; of the excerpt for an extract.
	PrintCopy(ctx context.Context, l Letter, c Copy, original []byte) ([]byte, error)
	// Signatures returns what the file says, checked.
	Signatures(ctx context.Context, pdf []byte) ([]Signature, error)
}

// PrintWith gives the service what prints; without it nothing is frozen when a letter is issued.
func (s *Service) PrintWith(p Printer) { s.print = p }
