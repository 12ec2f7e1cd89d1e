package edxml

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"sachhon/internal/fault"
)

// Write returns the package of a message as the regulation has it, the same bytes for the same message. What a package
// must say and the message does not, what is too long and which code is not listed is one fault that names all of it.
func Write(m Message) ([]byte, error) {
	switch {
	case m.Letter != nil && m.Report == nil:
		l := m.Letter.Normal()
		if err := l.conforms(); err != nil {
			return nil, err
		}
		return writeLetter(l)
	case m.Report != nil && m.Letter == nil:
		r := m.Report.Normal()
		if err := r.conforms(); err != nil {
			return nil, err
		}
		return writeReport(r), nil
	}
	return nil, fault.Invalid.With("edxml.fault.nothing")
}

// writer puts indented elements.
type writer struct {
	out    bytes.Buffer
	depth  int
	prefix string
}

const prefix = "edXML:"

func (w *writer) indent() {
	w.out.WriteByte('\n')
	w.out.WriteString(strings.Repeat("  ", w.depth))
}

// in puts an element around what f puts.
func (w *writer) in(name, attributes string, f func()) {
	w.indent()
	w.out.WriteString("<" + w.prefix + name + attributes + ">")
	w.depth++
	before := w.out.Len()
	f()
	w.depth--
	if w.out.Len() == before {
		w.out.Truncate(before - 1)
		w.out.WriteString("/>")
		return
	}
	w.indent()
	w.out.WriteString("</" + w.prefix + name + ">")
}

// put puts an element with a text.
func (w *writer) put(name, text string) {
	w.indent()
	if text == "" {
		w.out.WriteString("<" + w.prefix + name + "/>")
		return
	}
	w.out.WriteString("<" + w.prefix + name + ">")
	_ = xml.EscapeText(&w.out, []byte(text)) // a buffer takes everything
	w.out.WriteString("</" + w.prefix + name + ">")
}

// envelope puts what every package has around header and body; after follows outside the envelope, without prefix.
func envelope(header, body, after func(w *writer)) []byte {
	w := &writer{}
	w.out.WriteString(`<?xml version="1.0" encoding="utf-8"?>`)
	w.in("edXML", ` xmlns="`+Namespace+`"`, func() {
		w.prefix = prefix
		w.in("edXMLEnvelope", ` xmlns:edXML="`+Namespace+`"`, func() {
			w.in("edXMLHeader", "", func() { header(w) })
			body(w)
		})
		w.prefix = ""
		after(w)
	})
	w.out.WriteByte('\n')
	return w.out.Bytes()
}

func writeLetter(l Letter) ([]byte, error) {
	files := make([]string, len(l.Attachments))
	for i, a := range l.Attachments {
		var err error
		if files[i], err = pack(a); err != nil {
			return nil, err
		}
	}
	return envelope(func(w *writer) {
		w.in("MessageHeader", "", func() { w.header(l) })
		w.in("TraceHeaderList", ` id="`+attribute(l.Trace.ID)+`" version="1.0" mustUnderstand="1" actor="http://schemas.xmlsoap.org/soap/actor/next"`,
			func() { w.trace(l) })
	}, func(w *writer) {
		w.in("edXMLBody", "", func() {
			w.in("edXMLManifest", ` version="1.0"`, func() {
				for i, a := range l.Attachments {
					w.manifest(i+1, a)
				}
			})
		})
	}, func(w *writer) {
		if len(files) == 0 {
			return
		}
		w.in("AttachmentEncoded", "", func() {
			for i, a := range l.Attachments {
				w.in("Attachment", "", func() {
					w.put("ContentType", a.Type)
					w.put("ContentId", strconv.Itoa(i+1))
					w.put("Description", a.Description)
					w.put("ContentTransferEncoded", files[i])
					w.put("AttachmentName", a.Name)
				})
			}
		})
	}), nil
}

func (w *writer) header(l Letter) {
	w.in("From", "", func() { w.organ(l.From, true) })
	for _, to := range l.To {
		w.in("To", "", func() { w.organ(to, false) })
	}
	w.in("Code", "", func() {
		w.put("CodeNumber", l.Number)
		w.put("CodeNotation", l.Notation)
	})
	w.in("PromulgationInfo", "", func() {
		w.put("Place", l.Place)
		w.put("PromulgationDate", slashes(l.Date))
	})
	w.in("DocumentType", "", func() {
		w.put("Type", l.Type)
		w.put("TypeName", l.TypeName)
		w.put("TypeDetail", l.TypeDetail)
	})
	w.put("Subject", l.Subject)
	w.put("Content", l.Content)
	w.in("SignerInfo", "", func() {
		w.put("Competence", l.Signer.Competence)
		w.put("Position", l.Signer.Position)
		w.put("FullName", l.Signer.Name)
	})
	w.put("DueDate", slashes(l.Due))
	w.in("ToPlaces", "", func() {
		for _, p := range l.ToPlaces {
			w.put("Place", p)
		}
	})
	w.in("OtherInfo", "", func() {
		w.put("Priority", string(l.Other.Priority))
		w.put("SphereOfPromulgation", l.Other.Sphere)
		w.put("TyperNotation", l.Other.Typer)
		w.put("PromulgationAmount", strconv.Itoa(l.Other.Copies))
		w.put("PageAmount", strconv.Itoa(l.Other.Pages))
		w.in("Appendixes", "", func() {
			for _, a := range l.Other.Appendices {
				w.put("Appendix", a)
			}
		})
	})
	for _, r := range l.ResponseFor {
		w.reference(r)
	}
	w.put("SteeringType", string(l.Steering))
	w.put("DocumentId", string(l.DocumentID))
}

func (w *writer) organ(o Organ, whole bool) {
	w.put("OrganId", o.ID)
	w.put("OrganizationInCharge", o.InCharge)
	w.put("OrganName", o.Name)
	if whole {
		w.put("OrganAdd", o.Address)
		w.put("Email", o.Email)
		w.put("Telephone", o.Telephone)
		w.put("Fax", o.Fax)
		w.put("Website", o.Website)
	}
}

func (w *writer) reference(r Reference) {
	w.in("ResponseFor", "", func() {
		w.put("OrganId", r.OrganID)
		w.put("Code", r.Code)
		w.put("PromulgationDate", slashes(r.Date))
		w.put("DocumentId", string(r.DocumentID))
	})
}

func (w *writer) trace(l Letter) {
	for _, h := range l.Trace.Hops {
		w.in("TraceHeader", "", func() {
			w.put("OrganId", h.OrganID)
			w.put("Timestamp", stamp(h.At))
		})
	}
	w.in(task, "", func() {
		w.put("BussinessDocType", string(l.Business.Kind))
		w.put("BussinessDocReason", l.Business.Reason)
		if l.Business.For != "" {
			w.put("DocumentId", string(l.Business.For))
		}
		w.put("Paper", l.Business.Paper)
		w.in("StaffInfo", "", func() {
			w.put("Department", l.Business.Staff.Department)
			w.put("Staff", l.Business.Staff.Name)
			w.put("Mobile", l.Business.Staff.Mobile)
			w.put("Email", l.Business.Staff.Email)
		})
	})
}

func (w *writer) manifest(n int, a Attachment) {
	id := "cid:" + strconv.Itoa(n)
	w.in("Reference", ` xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="`+id+`" xlink:role="XLinkRole" xlink:type="simple"`, func() {
		w.put("ContentId", id)
		w.put("ContentType", a.Type)
		w.put("Description", a.Description)
		w.put("AttachmentName", a.Name)
	})
}

func writeReport(r Report) []byte {
	nothing := func(*writer) {}
	return envelope(func(w *writer) {
		w.in("MessageHeader", "", func() {
			w.reference(r.For)
			w.in("From", "", func() {
				w.put("OrganId", r.From.ID)
				w.put("OrganName", r.From.Name)
			})
			w.put("StatusCode", string(r.Status))
			w.put("Description", r.Words)
			w.put("Timestamp", stamp(r.At))
			w.in("StaffInfo", "", func() {
				w.put("Department", r.Staff.Department)
				w.put("Staff", r.Staff.Name)
				w.put("Email", r.Staff.Email)
				w.put("Mobile", r.Staff.Mobile)
			})
		})
	}, nothing, nothing)
}

func attribute(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
