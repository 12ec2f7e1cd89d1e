package blob

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"sachhon/internal/fault"
)

// AddProof stores a file that proves something by its content, so that the same file sent twice is kept once, and returns its
// key; "" for no file or an empty one. It is a kind of file that browsers show, and not larger than the limit.
func AddProof(ctx context.Context, s Store, file io.Reader, limit int) (string, error) {
	if file == nil {
		return "", nil
	}
	content, err := io.ReadAll(io.LimitReader(file, int64(limit)+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("blob: receive a proof: %w", err)
	case len(content) == 0:
		return "", nil
	case len(content) > limit:
		return "", fault.TooLarge.With("blob.fault.proofSize", "Limit", limit>>20).At("file")
	case !isProof(content):
		return "", fault.Unsupported.With("blob.fault.proofKind").At("file")
	}
	digest, _, err := Add(ctx, s, bytes.NewReader(content))
	if err != nil {
		return "", err
	}
	return digest.Key(), nil
}

// isProof knows by their first bytes the kinds of file that are taken: JPEG, PNG, WebP, PDF.
func isProof(b []byte) bool {
	webp := len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
	return webp || bytes.HasPrefix(b, []byte("\xff\xd8\xff")) || bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) ||
		bytes.HasPrefix(b, []byte("%PDF-"))
}
