package reporting_test

import (
	"html"
	"strings"
	"testing"

	"sachhon/internal/lang"
	"sachhon/internal/web/reporting"
)

// TestFiguresSayWhatWasRecordedAndWhen: the receiving level sees of each duty what the report says, and for when each figure stands.
func TestFiguresSayWhatWasRecordedAndWhen(t *testing.T) {
	for code, want := range map[string][]string{
		"vi": {"Đã ghi nhận: 5 trên chỉ tiêu 12 tác phẩm; 3 trên 4 kỳ", "Trong kỳ, từ 31/5/2024 đến 30/6/2024", "Đến hết ngày 30/6/2024"},
		"en": {"Recorded: 5 of 12 tác phẩm asked for; 3 of 4 periods", "In the period, ", "At the end of "},
	} {
		var page strings.Builder
		for _, s := range reporting.Samples() {
			if s.Name != "reporting-figures" {
				continue
			}
			ctx := lang.With(t.Context(), lang.New(code))
			if err := s.Page(ctx).Render(ctx, &page); err != nil {
				t.Fatal(err)
			}
		}
		text := html.UnescapeString(page.String())
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is missing", code, part)
			}
		}
	}
}
