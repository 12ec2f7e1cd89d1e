package form

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

// Form is what was sent and what is wrong with it so far. The zero Form is empty.
type Form struct {
	values  url.Values
	faults  fault.Fields
	aliases map[string]string
	kind    fault.Kind
}

// New returns a form that shows the values; a page that is opened fills its inputs with it.
func New(values url.Values) *Form { return &Form{values: values} }

// Read reads a form without files. What cannot be understood at all is Malformed; a body over the route's limit stays
// too large.
func Read(r *http.Request) (*Form, error) {
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, err
		}
		return nil, fault.Malformed.With("").Because(err)
	}
	return New(r.PostForm), nil
}

// Query reads a filter from the address.
func Query(r *http.Request) *Form { return New(r.URL.Query()) }

// Value returns what was typed, untouched.
func (f *Form) Value(name string) string { return f.values.Get(name) }

// Values returns all answers of a group of checkboxes.
func (f *Form) Values(name string) []string { return f.values[name] }

// Set puts a value in, e.g. the one that is stored or usual.
func (f *Form) Set(name, value string) {
	if f.values == nil {
		f.values = url.Values{}
	}
	f.values.Set(name, value)
}

// Add notes a fault of one input.
func (f *Form) Add(name, key string, args ...any) { f.AddKind(fault.Invalid, name, key, args...) }

// AddKind notes a fault that has a status of its own, such as a file that is too large.
func (f *Form) AddKind(kind fault.Kind, name, key string, args ...any) {
	f.faults.Add(name, key, args...)
	f.note(kind)
}

// Alias says that faults of one name stand beside another input: a service speaks of "weights", the page shows the
// first of them.
func (f *Form) Alias(name, input string) {
	if f.aliases == nil {
		f.aliases = map[string]string{}
	}
	f.aliases[name] = input
}

// ID returns the client-made identifier of what is created; without one, or with one that is none, the request did
// not come from our form.
func (f *Form) ID(name string) (ident.ID, error) {
	id, err := ident.Parse(f.Value(name))
	if err != nil {
		return "", fault.Malformed.With("").Because(err)
	}
	return id, nil
}

// Take notes what a service found wrong, so that the form can be shown again, and returns every error that is not the
// form's business: nobody signed in, no permission, nothing there, something internal.
func (f *Form) Take(err error) error {
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	switch e.Kind {
	case fault.Invalid, fault.Conflict, fault.TooLarge, fault.Unsupported, fault.Gone, fault.TooMany:
	default:
		return err
	}
	f.note(e.Kind)
	if len(e.Fields) == 0 {
		f.faults.Add("", e.Key, e.Args...)
	}
	known := f.faults
	for _, field := range e.Fields {
		if !has(known, field.Name) {
			f.faults = append(f.faults, field)
		}
	}
	return nil
}

// note keeps the kind of the form's first fault, unless it is only that an input is invalid.
func (f *Form) note(kind fault.Kind) {
	if f.kind == "" || f.kind == fault.Invalid {
		f.kind = kind
	}
}

// has tells whether the input had a fault before: what could not be read is not complained of a second time.
func has(known fault.Fields, name string) bool {
	return name != "" && slices.ContainsFunc(known, func(f fault.Field) bool { return f.Name == name })
}

// OK tells whether nothing is wrong.
func (f *Form) OK() bool { return len(f.faults) == 0 }

// Err returns what is wrong as one error, nil when nothing is; its kind chooses the status of the answer.
func (f *Form) Err() error {
	if f.OK() {
		return nil
	}
	return &fault.Error{Kind: f.kind, Key: "fault." + string(f.kind), Fields: f.faults}
}

// Words says in the reader's language what an error means for people.
func Words(ctx context.Context, err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return lang.From(ctx).T("fault.internal")
	}
	return lang.From(ctx).T(e.Key, e.Args...)
}

// place is the input beside which a fault stands.
func (f *Form) place(name string) string {
	if input, ok := f.aliases[name]; ok {
		return input
	}
	return name
}

// Fault returns in words what is wrong with an input, "" when nothing is.
func (f *Form) Fault(ctx context.Context, name string) string {
	var texts []string
	for _, fault := range f.faults {
		if f.place(fault.Name) == name {
			texts = append(texts, lang.From(ctx).T(fault.Key, fault.Args...))
		}
	}
	return strings.Join(texts, " ")
}

// Faulty tells whether something is wrong with an input.
func (f *Form) Faulty(name string) bool {
	return slices.ContainsFunc(f.faults, func(fault fault.Field) bool { return f.place(fault.Name) == name })
}

// Errors lists everything that is wrong for the summary above the form, in the order in which it was found.
func (f *Form) Errors(ctx context.Context) []ui.FieldError {
	var errs []ui.FieldError
	for _, fault := range f.faults {
		e := ui.FieldError{Text: lang.From(ctx).T(fault.Key, fault.Args...)}
		if place := f.place(fault.Name); place != "" {
			e.ID = "f-" + place
		}
		errs = append(errs, e)
	}
	return errs
}

// Field completes a control with what was typed and what is wrong with it.
func (f *Form) Field(ctx context.Context, control ui.Field) ui.Field {
	if control.Value == "" {
		control.Value = f.Value(control.Name)
	}
	control.Error = f.Fault(ctx, control.Name)
	return control
}
