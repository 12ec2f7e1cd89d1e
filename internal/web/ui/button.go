package ui

import "github.com/a-h/templ"

// ButtonKind is how loud a button is.
type ButtonKind string

// The kinds of buttons; a page has at most one primary button.
const (
	ButtonPrimary   ButtonKind = "primary"
	ButtonSecondary ButtonKind = "secondary"
	ButtonQuiet     ButtonKind = "quiet"
	ButtonDanger    ButtonKind = "danger"
)

// ButtonProps describe a button or a link that looks like one.
type ButtonProps struct {
	Kind       ButtonKind // secondary when empty
	Text       string
	Icon       IconName
	Name       string // posted with Value, to tell the buttons of one form apart
	Value      string
	FormAction string // post to another address than the form's
	NoValidate bool   // e.g. "save as draft"
	Disabled   bool
	Small      bool
	Attrs      templ.Attributes
}

func (b ButtonProps) class() string {
	class := "button button--" + orDefault(string(b.Kind), string(ButtonSecondary))
	if b.Small {
		class += " button--small"
	}
	return class
}
