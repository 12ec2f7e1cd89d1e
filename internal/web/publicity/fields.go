package publicity

import (
	"sachhon/internal/ident"
	"sachhon/internal/web/ui"
)

// fieldsView is a form that is only fields.
type fieldsView struct {
	Over, Lead, Action, Back string
	Errors                   []ui.FieldError
	Version                  int64
	ID                       ident.ID
	Fields                   []ui.Field
	Priority                 *ui.Field
	Priorities               []ui.Option
	Days                     *ui.Field
	DayOptions               []ui.Option
	DaysChosen               []string
	First, Last              *ui.Field
	Danger                   string // the text of the button when it takes something away
	Drop, DropAsk            string // where what was saved is taken back, and what that means
}
