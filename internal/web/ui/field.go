package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Field is what every control of a form has: a name, a label, help, an error beside it, and the value last sent.
type Field struct {
	Name         string
	ID           string // "f-" + Name when empty; ErrorSummary leads to it
	Label        string
	Hint         string
	Error        string
	Value        string
	Required     bool
	Needed       bool // it may be left empty now, but not in the end: a draft lacks it, what is issued does not
	Part         bool // of several that are left out together: it does not say of itself that it may be
	Disabled     bool
	Autocomplete string // a token of the HTML standard: "name", "email", "tel", "bday", "one-time-code", "off"
	InputMode    string // "numeric", "decimal", "email" …
	MaxLength    int
	Rows         int    // of a text area
	Min, Max     string // of numbers and dates
	Step         string
	Unit         string // written behind a number: "kg", "người"
	Understood   string // what the server understood: "1.500 kg"
	Wide         bool   // the whole width instead of the width the value needs
	Attrs        templ.Attributes
}

// Option is one answer of a select, a radio group or a list of checkboxes.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Disabled bool
}

// OptionGroup is a titled part of a long select.
type OptionGroup struct {
	Label   string
	Options []Option
}

// FieldError is one line of the summary above a form.
type FieldError struct {
	ID   string // of the control: "f-" + its name unless the field set its own
	Text string
}

// FileField is a control that takes files.
type FileField struct {
	Field
	Accept   string // "application/pdf,.docx"
	Multiple bool
	Files    []StoredFile // already kept by the server
}

// StoredFile is a file that the server has.
type StoredFile struct {
	Name string
	URL  string
	Size string
}

// PhotoField takes photos. It is a plain file control inside a multipart form; with script each photo travels alone.
type PhotoField struct {
	Field
	// UploadURL receives PUT requests, one per photo, with "{id}" replaced by the photo's client-made ID. The body is
	// the file, Content-Type its type, Content-Digest its SHA-256. Empty: only the plain form.
	UploadURL string
	Photos    []UploadPhoto // already kept, or known to be missing
	MaxBytes  int64
}

// UploadPhoto is one photo of a PhotoField as the server knows it.
type UploadPhoto struct {
	ID      string
	Thumb   string
	Alt     string
	State   UploadState
	Message string // why it failed
	Remove  string // posting here removes it
}

// UploadState is where a photo is on its way to the server.
type UploadState string

// The states of a photo under way.
const (
	UploadPending   UploadState = "pending"
	UploadUploading UploadState = "uploading"
	UploadUploaded  UploadState = "uploaded"
	UploadFailed    UploadState = "failed"
)

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return "f-" + f.Name
}

func (f Field) class(kind string) string {
	class := "field field--" + kind
	if f.Error != "" {
		class += " field--wrong"
	}
	if f.Wide {
		class += " field--wide"
	}
	return class
}

// describedBy names the texts that belong to the control.
func (f Field) describedBy() string {
	by := ""
	if f.Hint != "" {
		by = f.id() + "-hint"
	}
	if f.Error != "" {
		if by != "" {
			by += " "
		}
		by += f.id() + "-error"
	}
	return by
}

// attrs are the attributes that input, select and textarea share.
func (f Field) attrs() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	set := func(key, value string) {
		if value != "" {
			a[key] = value
		}
	}
	set("aria-describedby", f.describedBy())
	set("autocomplete", f.Autocomplete)
	set("inputmode", f.InputMode)
	set("min", f.Min)
	set("max", f.Max)
	set("step", f.Step)
	if f.MaxLength > 0 {
		a["maxlength"] = strconv.Itoa(f.MaxLength)
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Required {
		a["required"] = true
	}
	if f.Disabled {
		a["disabled"] = true
	}
	for k, v := range f.Attrs {
		a[k] = v
	}
	return a
}

// decimal asks a phone for the keyboard with figures and a decimal mark, unless the field chose its own.
func (f Field) decimal() Field {
	f.InputMode = orDefault(f.InputMode, "decimal")
	return f
}

func (f Field) rows() string {
	if f.Rows > 0 {
		return strconv.Itoa(f.Rows)
	}
	return "4"
}

func contains(values []string, v string) bool {
	for _, x := range values {
		if x == v {
			return true
		}
	}
	return false
}
