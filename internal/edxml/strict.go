package edxml

import (
	"regexp"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// lengths are the most characters that an element may hold. The regulation's own table is not public; these are those of a
// document system that exchanges by it (docs/decisions/0019-exchange.md). An element that is not here is bounded by what
// Read takes.
var lengths = map[string]int{
	"OrganId": 50, "OrganizationInCharge": 200, "OrganName": 200, "OrganAdd": 250, "Email": 100, "Telephone": 50, "Fax": 50,
	"Website": 100, "CodeNumber": 50, "CodeNotation": 50, "Place": 50, "TypeName": 100, "Subject": 500, "Content": 500,
	"Competence": 100, "Position": 100, "FullName": 50, "SphereOfPromulgation": 100, "TyperNotation": 10, "DocumentId": 200,
	"Department": 300, "Staff": 300, "Mobile": 50,
}

// organCode takes the thirteen characters of the regulation of 2016 (000.00.00.H57) and the levels since 2020 (H57.01.02).
var organCode = regexp.MustCompile(`^[0-9A-Z]{1,5}(\.[0-9A-Z]{1,5}){1,7}$`)

// IsOrganCode tells whether a text has the form of an organ's code.
func IsOrganCode(s string) bool { return organCode.MatchString(s) }

// strict collects what the regulation does not allow of a message in its normal form.
type strict struct{ bad fault.Fields }

func (c *strict) missing(path, value string) {
	if value == "" {
		c.bad.Add(path, "edxml.fault.missing", "Path", path)
	}
}

// length holds a text to the length of its element, the last of the path.
func (c *strict) length(above, element, value string) {
	limit, ok := lengths[element]
	if !ok {
		limit = Limits{}.withDefaults().Text / utf8.UTFMax
	}
	path := element
	if above != "" {
		path = above + "/" + element
	}
	if n := utf8.RuneCountInString(value); n > limit {
		c.bad.Add(path, "edxml.fault.tooLong", "Path", path, "Length", n, "Limit", limit)
	}
}

// code refuses a code that the regulation does not list.
func (c *strict) code(path, value string, known bool) {
	if value != "" && !known {
		c.bad.Add(path, "edxml.fault.code", "Path", path, "Value", short(value))
	}
}

func (c *strict) day(path string, d clock.Day) {
	if d == "" {
		return
	}
	if _, strict, err := parseDay(slashes(d)); err != nil || !strict {
		c.bad.Add(path, "edxml.fault.day", "Path", path, "Value", short(string(d)))
	}
}

func (c *strict) moment(path string, t clock.Time) {
	if _, strict, err := parseTime(stamp(t)); !t.IsZero() && (err != nil || !strict) {
		c.bad.Add(path, "edxml.fault.day", "Path", path, "Value", stamp(t))
	}
}

// organ checks an organ that sends or receives; its code must be one.
func (c *strict) organ(path string, o Organ) {
	c.missing(path+"/OrganId", o.ID)
	if o.ID != "" && !IsOrganCode(o.ID) {
		c.bad.Add(path+"/OrganId", "edxml.fault.organ", "Path", path+"/OrganId", "Value", short(o.ID))
	}
	c.length(path, "OrganId", o.ID)
	c.length(path, "OrganizationInCharge", o.InCharge)
	c.length(path, "OrganName", o.Name)
	c.length(path, "OrganAdd", o.Address)
	c.length(path, "Email", o.Email)
	c.length(path, "Telephone", o.Telephone)
	c.length(path, "Fax", o.Fax)
	c.length(path, "Website", o.Website)
}

func (c *strict) reference(r Reference) {
	c.length("ResponseFor", "OrganId", r.OrganID)
	c.length("ResponseFor", "Code", r.Code)
	c.day("ResponseFor/PromulgationDate", r.Date)
	c.length("ResponseFor", "DocumentId", string(r.DocumentID))
}

func (c *strict) staff(s Staff) {
	c.length("StaffInfo", "Department", s.Department)
	c.length("StaffInfo", "Staff", s.Name)
	c.length("StaffInfo", "Mobile", s.Mobile)
	c.length("StaffInfo", "Email", s.Email)
}

// conforms returns one fault that names everything in which a letter is not what the regulation asks for.
func (l Letter) conforms() error {
	var c strict
	c.organ("From", l.From)
	if len(l.To) == 0 {
		c.missing("To", "")
	}
	for _, to := range l.To {
		c.organ("To", to)
	}
	c.missing("Code/CodeNumber", l.Number)
	c.missing("Code/CodeNotation", l.Notation)
	c.length("Code", "CodeNumber", l.Number)
	c.length("Code", "CodeNotation", l.Notation)
	c.length("PromulgationInfo", "Place", l.Place)
	c.missing("PromulgationInfo/PromulgationDate", string(l.Date))
	c.day("PromulgationInfo/PromulgationDate", l.Date)
	c.missing("DocumentType/TypeName", l.TypeName)
	c.length("DocumentType", "TypeName", l.TypeName)
	c.length("DocumentType", "TypeDetail", l.TypeDetail)
	c.code("DocumentType/Type", l.Type, TypeName(l.Type) != "")
	c.missing("Subject", l.Subject)
	c.length("", "Subject", l.Subject)
	c.length("", "Content", l.Content)
	c.length("SignerInfo", "Competence", l.Signer.Competence)
	c.length("SignerInfo", "Position", l.Signer.Position)
	c.length("SignerInfo", "FullName", l.Signer.Name)
	c.day("DueDate", l.Due)
	for _, p := range l.ToPlaces {
		c.length("ToPlaces", "Recipient", p) // the element is Place too, but holds an organ or several, not a town
	}
	c.other(l.Other)
	for _, r := range l.ResponseFor {
		c.reference(r)
	}
	c.code("SteeringType", string(l.Steering), l.Steering.Known())
	c.length("", "DocumentId", string(l.DocumentID))
	c.trace(l)
	c.files(l.Attachments)
	return c.bad.Err()
}

func (c *strict) other(o Other) {
	c.code("OtherInfo/Priority", string(o.Priority), o.Priority.Known())
	c.length("OtherInfo", "SphereOfPromulgation", o.Sphere)
	c.length("OtherInfo", "TyperNotation", o.Typer)
	for _, a := range o.Appendices {
		c.length("OtherInfo", "Appendix", a)
	}
}

func (c *strict) trace(l Letter) {
	c.length("TraceHeaderList", "id", l.Trace.ID)
	for _, h := range l.Trace.Hops {
		c.length("TraceHeader", "OrganId", h.OrganID)
		c.moment("TraceHeader/Timestamp", h.At)
	}
	b := l.Business
	c.code(task+"/BussinessDocType", string(b.Kind), b.Kind.Known())
	c.length(task, "BussinessDocReason", b.Reason)
	c.length(task, "Paper", b.Paper)
	c.length(task, "DocumentId", string(b.For))
	c.staff(b.Staff)
}

// files holds the attachments to what Read takes, so that nothing is sent that could not be opened.
func (c *strict) files(all []Attachment) {
	limits := Limits{}.withDefaults()
	if len(all) > limits.Attachments {
		c.bad.Add("AttachmentEncoded", "edxml.fault.attachments", "Limit", limits.Attachments)
	}
	sum := 0
	for _, a := range all {
		c.length("Attachment", "ContentType", a.Type)
		c.length("Attachment", "Description", a.Description)
		if sum += len(a.Body); sum > limits.Unpacked {
			c.bad.Add("AttachmentEncoded", "edxml.fault.attachmentLarge", "Name", a.Name)
			return
		}
	}
}

// conforms returns one fault that names everything in which a report is not what the regulation asks for.
func (r Report) conforms() error {
	var c strict
	c.missing("ResponseFor/DocumentId", string(r.For.DocumentID))
	c.reference(r.For)
	c.organ("From", r.From)
	c.missing("StatusCode", string(r.Status))
	c.code("StatusCode", string(r.Status), r.Status.Known())
	c.length("", "Description", r.Words)
	c.missing("Timestamp", stamp(r.At))
	c.moment("Timestamp", r.At)
	c.staff(r.Staff)
	return c.bad.Err()
}
