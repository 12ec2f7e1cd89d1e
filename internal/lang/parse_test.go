package lang

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// faultKey returns the message key of an error, "" when it has none.
func faultKey(err error) string {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.Key
	}
	return ""
}

func TestParseWeight(t *testing.T) {
	for _, tt := range []struct {
		text  string
		grams int64
		fault string
	}{
		{"12", 12_000, ""},
		{" 12 kg ", 12_000, ""},
		{"12KG", 12_000, ""},
		{"12,5", 12_500, ""},
		{"12.5", 12_500, ""},
		{"12.50", 12_500, ""},
		{"12,050", 12_050, ""},
		{"1.500", 1_500_000, ""},
		{"1.234,5", 1_234_500, ""},
		{"1.234.567", 1_234_567_000, ""},
		{"1.234.567,891", 1_234_567_891, ""},
		{"0", 0, ""},
		{"0,001", 1, ""},
		{"0.500", 500, ""},
		{"007", 7_000, ""},
		{"100000000", MaxWeight, ""},
		{"", 0, "lang.fault.weightEmpty"},
		{" ", 0, "lang.fault.weightEmpty"},
		{"kg", 0, "lang.fault.weightNotNumber"},
		{"abc", 0, "lang.fault.weightNotNumber"},
		{"1e9", 0, "lang.fault.weightNotNumber"},
		{"0x10", 0, "lang.fault.weightNotNumber"},
		{"٣", 0, "lang.fault.weightNotNumber"},
		{"１２", 0, "lang.fault.weightNotNumber"},
		{"+5", 0, "lang.fault.weightNotNumber"},
		{"1 500", 0, "lang.fault.weightNotNumber"},
		{"5,", 0, "lang.fault.weightNotNumber"},
		{",5", 0, "lang.fault.weightNotNumber"},
		{"NaN", 0, "lang.fault.weightNotNumber"},
		{"12 tấn", 0, "lang.fault.weightNotNumber"},
		{"-5", 0, "lang.fault.weightNegative"},
		{"−5", 0, "lang.fault.weightNegative"},
		{"1,2345", 0, "lang.fault.weightDecimals"},
		{"1.2345", 0, "lang.fault.weightDecimals"},
		{"1,234.5", 0, "lang.fault.weightUnclear"},
		{"1,234,567", 0, "lang.fault.weightUnclear"},
		{"1234.567", 0, "lang.fault.weightUnclear"},
		{"1.2.3", 0, "lang.fault.weightUnclear"},
		{"12.34,5", 0, "lang.fault.weightUnclear"},
		{"1..500", 0, "lang.fault.weightUnclear"},
		{"0.500,5", 0, "lang.fault.weightUnclear"},
		{"100000000,001", 0, "lang.fault.weightTooLarge"},
		{strings.Repeat("9", 1000), 0, "lang.fault.weightTooLarge"},
	} {
		grams, err := ParseWeight(tt.text)
		if grams != tt.grams || faultKey(err) != tt.fault || (err != nil) != (tt.fault != "") {
			t.Errorf("ParseWeight(%q) = %d, %v; want %d, %q", tt.text, grams, err, tt.grams, tt.fault)
		}
	}
}

func TestWeightsAreReadAsWritten(t *testing.T) {
	vi := New("vi")
	rapid.Check(t, func(t *rapid.T) {
		grams := rapid.Int64Range(0, MaxWeight).Draw(t, "grams")
		for _, text := range []string{FormatWeightInput(grams), vi.Weight(grams)} {
			if got, err := ParseWeight(text); err != nil || got != grams {
				t.Fatalf("%d g is written %q and read as %d, %v", grams, text, got, err)
			}
		}
	})
}

func TestWeightGrowsWithEachDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[1-9][0-9]{0,6}(,[0-9]{1,2})?`).Draw(t, "text")
		digit := rapid.StringMatching(`[0-9]`).Draw(t, "digit")
		shorter, err := ParseWeight(text)
		if err != nil {
			t.Fatal(err)
		}
		longer, err := ParseWeight(text + digit)
		if err != nil {
			t.Fatal(err)
		}
		if longer < shorter {
			t.Fatalf("%s is %d g, and %s%s only %d g", text, shorter, text, digit, longer)
		}
	})
}

// FuzzParseWeight: a weight that is read lies within the limits and survives being written and read again; one that
// is refused comes with a message.
func FuzzParseWeight(f *testing.F) {
	for _, s := range []string{"1.500", "1.234,5", "12.5", "0.500", "-5", "1e9", "٣", "1..5", "12 kg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		grams, err := ParseWeight(s)
		if err != nil {
			if grams != 0 || !New("en").Has(faultKey(err)) {
				t.Fatalf("%q: %d g with the error %v", s, grams, err)
			}
			return
		}
		if grams < 0 || grams > MaxWeight {
			t.Fatalf("%q is %d g", s, grams)
		}
		if again, err := ParseWeight(FormatWeightInput(grams)); err != nil || again != grams {
			t.Fatalf("%q is %d g, then %d g, %v", s, grams, again, err)
		}
	})
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"06/6/2024":                "2024-06-06",
		"6/6/24":                   "2024-06-06",
		"06-06-2024":               "2024-06-06",
		"06.6.2024":                "2024-06-06",
		" 2024-06-06 ":             "2024-06-06",
		"29/02/2024":               "2024-02-29",
		"1/1/85":                   "1985-01-01",
		"ngày 06 tháng 6 năm 2024": "2024-06-06",
		"Ngày 6 tháng 12 năm 2024": "2024-12-06",
		"31/02/2024":               "lang.fault.dateNone",
		"29/2/2023":                "lang.fault.dateNone",
		"00/6/2024":                "lang.fault.dateNone",
		"6/13/2024":                "lang.fault.dateNone",
		"2024-13-01":               "lang.fault.dateNone",
		"6/6":                      "lang.fault.date",
		"6/6/0024":                 "lang.fault.date",
		"hôm nay":                  "lang.fault.date",
		"":                         "lang.fault.date",
	} {
		got, err := ParseDate(text)
		switch {
		case err != nil && faultKey(err) != want:
			t.Errorf("ParseDate(%q): %v, want %s", text, err, want)
		case err == nil && got.Format(time.DateOnly) != want:
			t.Errorf("ParseDate(%q) = %v, want %s", text, got, want)
		case err == nil && (got.Hour() != 0 || got.Location() != clock.Zone):
			t.Errorf("ParseDate(%q) = %v, not the beginning of the day here", text, got)
		}
	}
}

func TestParseDateTime(t *testing.T) {
	want := time.Date(2024, time.June, 6, 7, 30, 0, 0, clock.Zone)
	for _, text := range []string{
		"2024-06-06T07:30", "2024-06-06T07:30:00", "2024-06-06 07:30", "07h30 ngày 06/6/2024", "7h30, 6/6/2024",
		"06/6/2024 07h30", "06/6/2024, 7:30", "06/6/2024 lúc 7h30", "7 giờ 30 ngày 6/6/2024", "7 giờ 30 phút ngày 6/6/2024",
		"07h30 ngày 06 tháng 6 năm 2024",
	} {
		if got, err := ParseDateTime(text); err != nil || !got.Equal(want) {
			t.Errorf("ParseDateTime(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	if got, err := ParseDateTime("17h ngày 6/6/2024"); err != nil || got.Hour() != 17 || got.Minute() != 0 {
		t.Errorf("a full hour is read as %v, %v", got, err)
	}
	for text, key := range map[string]string{
		"":                    "lang.fault.dateTime",
		"2024-06-06":          "lang.fault.dateTime",
		"07h30":               "lang.fault.dateTime",
		"24:00 06/6/2024":     "lang.fault.dateTime",
		"07h60 ngày 6/6/2024": "lang.fault.dateTime",
		"7: 6/6/2024":         "lang.fault.dateTime",
		"07h30 ngày 31/02/24": "lang.fault.dateNone",
		"sáng 06/6/2024":      "lang.fault.dateTime",
	} {
		if got, err := ParseDateTime(text); faultKey(err) != key {
			t.Errorf("ParseDateTime(%q) = %v, %v; want %s", text, got, err, key)
		}
	}
}

func TestTimesAreReadAsWritten(t *testing.T) {
	vi := New("vi")
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(60*rapid.Int64Range(0, 60_000_000).Draw(t, "minutes"), 0)
		if got, err := ParseDateTime(vi.DateTime(at)); err != nil || !got.Equal(at) {
			t.Fatalf("%v is written %q and read as %v, %v", at, vi.DateTime(at), got, err)
		}
		day, err := ParseDate(vi.Date(at))
		if long, err2 := ParseDate(vi.DateLong(at)); err != nil || err2 != nil || !long.Equal(day) || vi.Date(day) != vi.Date(at) {
			t.Fatalf("%q and %q are read as %v, %v", vi.Date(at), vi.DateLong(at), day, long)
		}
	})
}

func FuzzParseDateTime(f *testing.F) {
	f.Add("07h30 ngày 06/6/2024")
	f.Add("2024-06-06T07:30")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseDateTime(s)
		if (err == nil) == got.IsZero() || err != nil && faultKey(err) == "" {
			t.Fatalf("%q: %v, %v", s, got, err)
		}
	})
}

func TestParsePhone(t *testing.T) {
	for text, want := range map[string]string{
		"0912345678":        "+84912345678",
		"0912 345 678":      "+84912345678",
		"+84 912.345.678":   "+84912345678",
		"84912345678":       "+84912345678",
		"0084-912-345-678":  "+84912345678",
		"0841234567":        "+84841234567",
		"0234.3839345":      "+842343839345",
		"(0234) 383 9345":   "+842343839345",
		"024 3825 1234":     "+842438251234",
		"01669123456":       "",
		"912345678":         "",
		"0112345678":        "",
		"+1 202 555 0100":   "",
		"1022":              "",
		"0912345678 máy 12": "",
		"٠٩١٢٣٤٥٦٧٨":        "",
		"":                  "",
	} {
		got, err := ParsePhone(text)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("ParsePhone(%q) = %q, %v; want %q", text, got, err, want)
		}
		if err == nil {
			if again, err := ParsePhone(FormatPhone(got)); err != nil || again != got {
				t.Errorf("%s is written %q and read as %s, %v", got, FormatPhone(got), again, err)
			}
		}
	}
	for number, want := range map[string]string{
		"+84912345678": "0912 345 678", "+842343839345": "02343 839 345", "+12025550100": "+12025550100", "+84": "+84",
	} {
		if got := FormatPhone(number); got != want {
			t.Errorf("FormatPhone(%q) = %q, want %q", number, got, want)
		}
	}
	if _, err := ParsePhone(fmt.Sprint(12)); faultKey(err) != "lang.fault.phone" {
		t.Errorf("a wrong number says %q", faultKey(err))
	}
}
