package account

import (
	"context"
	"net/url"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/web/ui"
)

func signUpURL(back string) string {
	if back == "" {
		return signUpPath
	}
	return signUpPath + "?" + url.Values{"return": {back}}.Encode()
}

// currentBadge marks the browser in which one reads the page.
func currentBadge(ctx context.Context, current bool) ui.BadgeProps {
	if !current {
		return ui.BadgeProps{}
	}
	return ui.BadgeProps{Text: ui.T(ctx, "account.session.this"), Icon: ui.IconDone, Tone: ui.BadgeGood}
}

func mailColumns(ctx context.Context) []ui.Column {
	return []ui.Column{
		{Text: ui.T(ctx, "account.mails.subject"), Lead: true},
		{Text: ui.T(ctx, "account.mails.to")},
		{Text: ui.T(ctx, "account.mails.at")},
	}
}

func mailRows(mails []mailView) [][]ui.Cell {
	rows := make([][]ui.Cell, len(mails))
	for i, m := range mails {
		rows[i] = []ui.Cell{{Text: m.Subject, URL: m.URL}, {Text: m.To}, {Value: ui.Moment(m.At)}}
	}
	return rows
}

// mailLines puts the parts of a mail on lines of their own where its text has line ends; empty lines fall away.
func mailLines(parts []mailPart) [][]mailPart {
	var lines [][]mailPart
	var line []mailPart
	end := func() {
		if len(line) > 0 {
			lines, line = append(lines, line), nil
		}
	}
	for _, p := range parts {
		if p.URL != "" {
			line = append(line, p)
			continue
		}
		for i, text := range strings.Split(lang.NFC(p.Text), "\n") {
			if i > 0 {
				end()
			}
			if strings.TrimSpace(text) != "" {
				line = append(line, mailPart{Text: text})
			}
		}
	}
	end()
	return lines
}

func formatPhone(p person.Phone) string { return lang.FormatPhone(string(p)) }

// paragraphs cuts a text at its line ends.
func paragraphs(text string) []string { return strings.Split(text, "\n") }
