package fault

import (
	"errors"
	"strings"
)

// Kind is the class of a fault; it is itself an error, so that errors.Is(err, fault.NotFound) works through wrapping.
type Kind string

// The kinds, each with one HTTP status at the edge.
const (
	Malformed       Kind = "malformed"       // 400: the request cannot be understood
	Unauthenticated Kind = "unauthenticated" // 401: nobody is signed in
	Forbidden       Kind = "forbidden"       // 403: this person may not
	NotFound        Kind = "notFound"        // 404: there is no such thing, or it is not theirs to know of
	Interrupted     Kind = "interrupted"     // 408: the connection broke before everything had arrived; send it again
	Conflict        Kind = "conflict"        // 409: the state has changed, or it exists already
	Gone            Kind = "gone"            // 410: it was here and is no longer
	TooLarge        Kind = "tooLarge"        // 413: more bytes, pixels or rows than allowed
	Unsupported     Kind = "unsupported"     // 415: a kind of file that is not accepted
	Invalid         Kind = "invalid"         // 422: understood, but something in it is wrong
	TooMany         Kind = "tooMany"         // 429: slow down
	Unavailable     Kind = "unavailable"     // 503: try again later
)

func (k Kind) Error() string { return string(k) }

// With returns a fault of kind k whose message is key with name, value pairs of arguments.
func (k Kind) With(key string, args ...any) *Error { return New(k, key, args...) }

// Field is what is wrong with one input of a form.
type Field struct {
	Name string // the input's name, e.g. "weight.plastic"
	Key  string // message key
	Args []any  // name, value pairs for the message
}

// Error is a fault with a public half (Kind, Key, Args, Fields) and a private one (Err, for the log).
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	Err    error
}

// New returns a fault of the given kind; key is the message for people, args are name, value pairs for it. An empty
// key means the kind's own message, "fault.<kind>".
func New(kind Kind, key string, args ...any) *Error {
	if key == "" {
		key = "fault." + string(kind)
	}
	return &Error{Kind: kind, Key: key, Args: args}
}

// Because adds the private reason.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

// At says which input the fault is about, so that a form can show it there.
func (e *Error) At(field string) *Error {
	e.Fields = append(e.Fields, Field{Name: field, Key: e.Key, Args: e.Args})
	return e
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	b.WriteString(": ")
	b.WriteString(e.Key)
	for _, f := range e.Fields {
		b.WriteString(" [" + f.Name + ": " + f.Key + "]")
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Is matches the kind and, through Unwrap, the private reason.
func (e *Error) Is(target error) bool { return target == error(e.Kind) }

// Unwrap returns the private reason.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of err, or "" when it is an internal error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	if k, ok := errors.AsType[Kind](err); ok {
		return k
	}
	return ""
}

// Fields collects what is wrong with the inputs of one form, so that a person sees all of it at once.
type Fields []Field

// Add notes a fault of one input.
func (f *Fields) Add(name, key string, args ...any) {
	*f = append(*f, Field{Name: name, Key: key, Args: args})
}

// AddError notes err at the input when it is a fault with a message, and returns it when it is not.
func (f *Fields) AddError(name string, err error) error {
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	f.Add(name, e.Key, e.Args...)
	return nil
}

// Err returns nil when nothing was noted, otherwise one fault of kind Invalid with all fields.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: f}
}
