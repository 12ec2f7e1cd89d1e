package edxml

import (
	"io"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Reading is what Read understood of a package.
type Reading struct {
	Message
	Deviations []Deviation // from the regulation, in the order in which they were found
	Extra      []Extra     // what was not understood
}

// Strict tells whether the package is as the regulation has it.
func (r Reading) Strict() bool { return len(r.Deviations) == 0 }

type reader struct {
	limits Limits
	out    Reading
	room   int // bytes that attachments may still unpack to
}

// Read reads a package leniently.
func Read(in io.Reader, limits Limits) (Reading, error) {
	limits = limits.withDefaults()
	data, err := io.ReadAll(io.LimitReader(in, int64(limits.Bytes)+1))
	if err != nil {
		return Reading{}, err
	}
	if len(data) > limits.Bytes {
		return Reading{}, fault.TooLarge.With("edxml.fault.large", "Limit", limits.Bytes>>20)
	}
	r := &reader{limits: limits, room: limits.Unpacked}
	root, err := parse(data, limits, r.note)
	if err != nil {
		return Reading{}, err
	}
	header := root.find(func(n *node) bool {
		return n.name == "MessageHeader" || n.name == "MessageStatus" && len(n.children) > 0
	})
	if header == nil {
		return Reading{}, fault.Invalid.With("edxml.fault.noHeader")
	}
	r.compare(root, data)
	if header.isReport() {
		report := r.report(header)
		r.out.Report = &report
		return r.out, nil
	}
	l, err := r.letter(root, header)
	if err != nil {
		return Reading{}, err
	}
	r.out.Letter = &l
	return r.out, nil
}

// isReport tells whether a header reports on a letter; some systems call it MessageHeader, some Status.
func (n *node) isReport() bool {
	return (n.name == "MessageHeader" || n.name == "MessageStatus") && n.child("StatusCode") != nil
}

func (r *reader) report(h *node) Report {
	out := Report{
		For: r.reference(h.child("ResponseFor")), From: organ(h.child("From")), Status: Status(h.of("StatusCode")),
		At: r.time(h.child("Timestamp"), "Timestamp"), Staff: staff(h.child("StaffInfo")),
	}
	if c := h.child("Description"); c != nil {
		out.Words = c.text
	}
	out = out.Normal()
	r.required("From/OrganId", out.From.ID)
	r.required("StatusCode", string(out.Status))
	r.required("ResponseFor/DocumentId", string(out.For.DocumentID))
	if out.Status != "" && !out.Status.Known() {
		r.note(Deviation{Kind: DeviatesCode, Path: "StatusCode", Value: string(out.Status)})
	}
	return out
}

func (r *reader) letter(root, h *node) (Letter, error) {
	code, place, kind, other := h.child("Code"), h.child("PromulgationInfo"), h.child("DocumentType"), h.child("OtherInfo")
	signer := h.child("SignerInfo")
	l := Letter{
		From: organ(h.child("From")), Number: code.of("CodeNumber"), Notation: code.of("CodeNotation"),
		Place: place.of("Place"), Date: r.day(place.child("PromulgationDate"), "PromulgationInfo/PromulgationDate"),
		Type: kind.of("Type"), TypeName: kind.of("TypeName"), TypeDetail: kind.of("TypeDetail"), Subject: h.of("Subject"),
		Signer:   Signer{signer.of("Competence"), signer.of("Position"), signer.of("FullName")},
		Due:      r.day(h.child("DueDate"), "DueDate"),
		Steering: Steering(h.of("SteeringType")), DocumentID: DocumentID(h.of("DocumentId")),
		Other: Other{
			Priority: Priority(other.of("Priority")), Sphere: other.of("SphereOfPromulgation"), Typer: other.of("TyperNotation"),
			Copies: r.count(other.child("PromulgationAmount"), "OtherInfo/PromulgationAmount"),
			Pages:  r.count(other.child("PageAmount"), "OtherInfo/PageAmount"),
		},
	}
	if c := h.child("Content"); c != nil {
		l.Content = c.text
	}
	if kind != nil && len(kind.children) == 0 {
		l.TypeName = kind.text
	}
	for _, to := range h.all("To") {
		l.To = append(l.To, organ(to))
	}
	for _, p := range h.child("ToPlaces").all("Place") {
		l.ToPlaces = append(l.ToPlaces, p.text)
	}
	for _, list := range other.all("Appendixes") {
		for _, a := range append(list.all("Appendix"), list) {
			l.Other.Appendices = append(l.Other.Appendices, a.text)
		}
	}
	for _, ref := range h.all("ResponseFor") {
		l.ResponseFor = append(l.ResponseFor, r.reference(ref))
	}
	r.trace(&l, root.named("TraceHeaderList"))
	if err := r.attachments(&l, root); err != nil {
		return Letter{}, err
	}
	r.check(l)
	return l.Normal(), nil
}

// check notes what a letter must say and does not, and the codes that are not listed.
func (r *reader) check(l Letter) {
	r.required("From/OrganId", l.From.ID)
	to := ""
	if len(l.To) > 0 {
		to = l.To[0].ID
	}
	r.required("To/OrganId", to)
	r.required("Code/CodeNumber", l.Number)
	r.required("Code/CodeNotation", l.Notation)
	r.required("PromulgationInfo/PromulgationDate", string(l.Date))
	r.required("DocumentType", l.Type+l.TypeName)
	r.required("Subject", l.Subject)
	r.required("DocumentId", string(l.DocumentID))
	if _, _, _, ok := l.DocumentID.Parts(); !ok && l.DocumentID != "" {
		r.note(Deviation{Kind: DeviatesDocumentID, Path: "DocumentId", Value: string(l.DocumentID)})
	}
	unlisted := func(path, code string, known bool) {
		if code != "" && !known {
			r.note(Deviation{Kind: DeviatesCode, Path: path, Value: code})
		}
	}
	unlisted("OtherInfo/Priority", string(l.Other.Priority), l.Other.Priority.Known())
	unlisted("SteeringType", string(l.Steering), l.Steering.Known())
	unlisted(task+"/BussinessDocType", string(l.Business.Kind), l.Business.Kind.Known())
	unlisted("DocumentType/Type", l.Type, TypeName(l.Type) != "")
}

func (r *reader) required(path, value string) {
	if value == "" {
		r.note(Deviation{Kind: DeviatesMissing, Path: path})
	}
}

func (r *reader) trace(l *Letter, list *node) {
	if list == nil {
		r.note(Deviation{Kind: DeviatesMissing, Path: "TraceHeaderList"})
		return
	}
	for _, a := range list.attrs {
		if strings.EqualFold(a.Name.Local, "id") {
			l.Trace.ID = a.Value
		}
	}
	for _, h := range list.all("TraceHeader") {
		l.Trace.Hops = append(l.Trace.Hops, Hop{h.of("OrganId"), r.time(h.child("Timestamp"), "TraceHeader/Timestamp")})
	}
	b := list.child(task)
	l.Business = Task{
		Kind: Business(b.of("BussinessDocType")), Paper: b.of("Paper"), Staff: staff(b.child("StaffInfo")),
		For: DocumentID(b.of("DocumentId")),
	}
	if c := b.child("BussinessDocReason"); c != nil {
		l.Business.Reason = c.text
	}
}

// attachments unpacks the files of a letter. What only the manifest says of them is taken from there.
func (r *reader) attachments(l *Letter, root *node) error {
	type named struct{ name, kind, words string }
	manifest := map[string]named{}
	refs := root.named("edXMLManifest").all("Reference")
	for _, ref := range refs {
		manifest[contentID(ref.of("ContentId"))] = named{ref.of("AttachmentName"), ref.of("ContentType"), ref.of("Description")}
	}
	var files []*node
	root.find(func(n *node) bool {
		if n.name == "Attachment" && n.child("ContentTransferEncoded") != nil {
			files = append(files, n)
		}
		return false
	})
	if len(files) > r.limits.Attachments {
		return fault.TooLarge.With("edxml.fault.attachments", "Limit", r.limits.Attachments)
	}
	if len(files) != len(refs) {
		r.note(Deviation{Kind: DeviatesReference, Path: "edXMLManifest", Value: strconv.Itoa(len(refs)) + " / " + strconv.Itoa(len(files))})
	}
	for i, f := range files {
		a := Attachment{Name: f.of("AttachmentName"), Type: f.of("ContentType"), Description: f.of("Description")}
		said := manifest[contentID(f.of("ContentId"))]
		fill := func(to *string, from string) {
			if *to == "" {
				*to = from
			}
		}
		fill(&a.Name, said.name)
		fill(&a.Type, said.kind)
		fill(&a.Description, said.words)
		a = a.normal(i)
		body, packed, err := unpack(f.child("ContentTransferEncoded").text, a.Name, r.room, r.limits.Ratio)
		if err != nil {
			return attachmentFault(a.Name, err)
		}
		if !packed {
			r.note(Deviation{Kind: DeviatesRaw, Path: "Attachment", Value: a.Name})
		}
		r.room -= len(body)
		a.Body = body
		l.Attachments = append(l.Attachments, a)
	}
	return nil
}

func contentID(s string) string { return strings.TrimPrefix(strings.ToLower(s), "cid:") }

func organ(n *node) Organ {
	return Organ{
		ID: n.of("OrganId"), InCharge: n.of("OrganizationInCharge"), Name: n.of("OrganName"), Address: n.of("OrganAdd"),
		Email: n.of("Email"), Telephone: n.of("Telephone"), Fax: n.of("Fax"), Website: n.of("Website"),
	}
}

func staff(n *node) Staff {
	return Staff{Department: n.of("Department"), Name: n.of("Staff"), Mobile: n.of("Mobile"), Email: n.of("Email")}
}

func (r *reader) reference(n *node) Reference {
	ref := Reference{OrganID: n.of("OrganId"), Code: n.of("Code"), DocumentID: DocumentID(n.of("DocumentId"))}
	if n == nil {
		return ref
	}
	if code := n.child("Code"); code != nil && len(code.children) > 0 { // as in the header of a letter
		ref.Code = Letter{Number: code.of("CodeNumber"), Notation: code.of("CodeNotation")}.Symbol()
	}
	ref.Date = r.day(n.child("PromulgationDate"), "ResponseFor/PromulgationDate")
	return ref
}

func (r *reader) day(n *node, path string) clock.Day {
	if n == nil || line(n.text) == "" {
		return ""
	}
	d, strict, err := parseDay(n.text)
	r.dated(path, n.text, strict, err)
	return d
}

func (r *reader) time(n *node, path string) clock.Time {
	if n == nil || line(n.text) == "" {
		return clock.Time{}
	}
	t, strict, err := parseTime(n.text)
	r.dated(path, n.text, strict, err)
	return t
}

func (r *reader) dated(path, text string, strict bool, err error) {
	switch {
	case err != nil:
		r.note(Deviation{Kind: DeviatesNoDate, Path: path, Value: line(text)})
		r.aside(path, line(text))
	case !strict:
		r.note(Deviation{Kind: DeviatesDate, Path: path, Value: line(text)})
	}
}

func (r *reader) count(n *node, path string) int {
	if n == nil || line(n.text) == "" {
		return 0
	}
	count, err := strconv.Atoi(line(n.text))
	if err != nil || count < 0 {
		r.note(Deviation{Kind: DeviatesNumber, Path: path, Value: line(n.text)})
		r.aside(path, line(n.text))
		return 0
	}
	return count
}
