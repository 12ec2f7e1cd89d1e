package ui

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

// T is the text of a message key in the reader's language; args are name, value pairs.
func T(ctx context.Context, key string, args ...any) string { return lang.From(ctx).T(key, args...) }

// Lang is the reader's language tag as the lang attribute wants it.
func Lang(ctx context.Context) string { return lang.From(ctx).Code() }

// locale is the reader's language as Open Graph names it.
func locale(ctx context.Context) string {
	if Lang(ctx) == "en" {
		return "en_GB"
	}
	return "vi_VN"
}

// Number writes a number as the reader's language does.
func Number(ctx context.Context, n any) string { return lang.From(ctx).Number(n) }

// Weight writes grams as kilograms with the unit.
func Weight(ctx context.Context, grams int64) string { return lang.From(ctx).Weight(grams) }

// Money writes an amount of đồng.
func Money(ctx context.Context, dong int64) string { return lang.From(ctx).Money(dong) }

// machineDay and machineMoment are the forms that the datetime attribute takes.
func machineDay(t lang.Instant) string { return t.In(clock.Zone).Format("2006-01-02") }

func machineMoment(t lang.Instant) string { return t.In(clock.Zone).Format("2006-01-02T15:04-07:00") }

// FileSize is the size of a file in words.
func FileSize(ctx context.Context, bytes int64) string {
	return T(ctx, "ui.fileSize", "KB", (bytes+1023)/1024)
}
