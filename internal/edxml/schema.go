package edxml

import "strings"

// Namespace is the regulation's; foreignNamespace stands in packages of some systems, which name the gateway instead.
const (
	Namespace        = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
	foreignNamespace = "http://www.go.vn/eDoc"
)

// task is the regulation's spelling.
const task = "Bussiness" //nolint:misspell // the regulation writes it so

var organOrder = []string{"OrganId", "OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website"}

// order lists the children of each element in the order of the regulation. An element that is not listed here holds text.
var order = map[string][]string{
	"edXML":         {"edXMLEnvelope", "AttachmentEncoded"},
	"edXMLEnvelope": {"edXMLHeader", "edXMLBody"},
	"edXMLHeader":   {"MessageHeader", "TraceHeaderList", "Signature", "DigitalSignature"},
	"edXMLBody":     {"edXMLManifest"},
	"MessageHeader": {
		"From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo", "DueDate", "ToPlaces",
		"OtherInfo", "ResponseFor", "SteeringType", "DocumentId",
	},
	"MessageStatus":     {"ResponseFor", "From", "StatusCode", "Description", "Timestamp", "StaffInfo"}, // when it is a report
	"From":              organOrder,
	"To":                organOrder,
	"Code":              {"CodeNumber", "CodeNotation"},
	"PromulgationInfo":  {"Place", "PromulgationDate"},
	"DocumentType":      {"Type", "TypeName", "TypeDetail"},
	"SignerInfo":        {"Competence", "Position", "FullName"},
	"ToPlaces":          {"Place"},
	"OtherInfo":         {"Priority", "SphereOfPromulgation", "TyperNotation", "PromulgationAmount", "PageAmount", "Appendixes"},
	"Appendixes":        {"Appendix"},
	"ResponseFor":       {"OrganId", "Code", "PromulgationDate", "DocumentId"},
	"TraceHeaderList":   {"TraceHeader", task},
	"TraceHeader":       {"OrganId", "Timestamp"},
	task:                {"BussinessDocType", "BussinessDocReason", "DocumentId", "Paper", "StaffInfo"},
	"StaffInfo":         {"Department", "Staff", "Mobile", "Email"},
	"edXMLManifest":     {"Reference"},
	"Reference":         {"ContentId", "ContentType", "Description", "AttachmentName"},
	"AttachmentEncoded": {"Attachment"},
	"Attachment":        {"ContentType", "ContentId", "Description", "ContentTransferEncoded", "AttachmentName"},
}

// carriers are elements of other envelopes: what is inside is looked at, they themselves say nothing.
var carriers = map[string]bool{"Envelope": true, "Header": true, "Body": true}

// otherwise are spellings that are in use for an element of the regulation, by its parent where that matters.
var otherwise = map[string]string{
	"business": task, "businessdoctype": "BussinessDocType", "businessdocreason": "BussinessDocReason",
	"manifest": "edXMLManifest", "status": "MessageStatus", "attachmentlist": "AttachmentEncoded",
	"attachment/filename": "AttachmentName", "attachment/filetype": "ContentType", "attachment/content": "ContentTransferEncoded",
	"attachment/name": "AttachmentName", "signerinfo/signer": "FullName", "otherinfo/appendix": "Appendixes",
	"traceheader/time": "Timestamp", "promulgationinfo/date": "PromulgationDate",
}

// canonicalNames are the names of the regulation by their small letters.
var canonicalNames = func() map[string]string {
	names := map[string]string{"envelope": "Envelope", "header": "Header", "body": "Body"}
	for parent, children := range order {
		names[strings.ToLower(parent)] = parent
		for _, c := range children {
			names[strings.ToLower(c)] = c
		}
	}
	return names
}()

// canonical returns the name of the regulation that an element has below its parent, or the name as it is written.
func canonical(parent, written string) string {
	small := strings.ToLower(written)
	if name, ok := otherwise[strings.ToLower(parent)+"/"+small]; ok {
		return name
	}
	if name, ok := canonicalNames[small]; ok {
		return name
	}
	if name, ok := otherwise[small]; ok {
		return name
	}
	return written
}
