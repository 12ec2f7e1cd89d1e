package publicity

import (
	"context"

	"sachhon/internal/ident"
	"sachhon/internal/publicity"
	"sachhon/internal/web/form"
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
	Drop                     string // where what was saved is taken back
	Notice                   string // what became of it
}

// priorityInput chooses among the three levels of Circular 39/2020.
func priorityInput(ctx context.Context, f *form.Form, label, hint string) (*ui.Field, []ui.Option) {
	field := f.Field(ctx, ui.Field{Name: "priority", Label: label, Hint: hint, Required: true, Wide: true})
	var options []ui.Option
	for _, one := range publicity.Priorities() {
		options = append(options, ui.Option{Value: one, Label: ui.T(ctx, "publicity.priority."+one), Hint: ui.T(ctx, "publicity.priorityHint."+one)})
	}
	return &field, options
}
