package office

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples shows the pages with an invented ward that passes a letter on.
func Samples() []gallery.Sample {
	page := func(ctx context.Context, title string) ui.Page {
		p := gallery.Frame(ctx, title)
		p.Tone, p.Crumbs = ui.ToneOfficial, []ui.Link{{Text: ui.T(ctx, "units.desk.title"), URL: "#desk"}}
		p.Scripts = []ui.Script{ui.ScriptOffice}
		return p
	}
	narrow := func(ctx context.Context, title string) ui.Page {
		p := page(ctx, title)
		p.Narrow = true
		return p
	}
	show := func(name string, f func(ctx context.Context) templ.Component) gallery.Sample {
		return gallery.Sample{Name: "office-" + name, Page: f}
	}
	return []gallery.Sample{
		show("list", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Submitted)
			return listPage(page(ctx, ui.T(ctx, "office.list.title")), listView{
				Unit: sampleUnit.Organ(), NewURL: "#new", HeadURL: "#head", Books: bookLinks(ctx, sampleUnit.ID),
				Letters: []draftRow{viewDraft(ctx, l)},
			})
		}),
		show("new", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"id": {"n"}, "template": {"letter"}, "report_by": {"2024-02-30"}})
			f.Add("report_by", "letter.fault.date")
			v := viewChoose(ctx, sampleUnit, f)
			v.Letters = []ui.Option{{Label: ui.T(ctx, "office.new.nothing")}, {Value: "l", Label: "1903/UBND-VH"}}
			v.Many, v.Shown = true, basesText(ctx, "", 80, 312)
			v.Contests = []ui.Option{{Label: ui.T(ctx, "office.new.noChallenge")}}
			v.Signers = []ui.Option{{Value: "0", Label: signerLine(sampleDocument().Signer)}}
			return choosePage(narrow(ctx, ui.T(ctx, "office.new.title")), v)
		}),
		show("editor", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Draft)
			v := viewEditor(ctx, l, form.New(fill(*l.Document, l.Version)), -1)
			v.Unit, v.SentBack, v.Report = sampleUnit.Organ(), "Bổ sung thời gian ra quân.", "#report"
			return editorPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("editor-cite", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Draft)
			f := form.New(fill(*l.Document, l.Version))
			v := viewEditor(ctx, l, f, -1)
			v.Unit = sampleUnit.Organ()
			blocks := listed(*l.Document)
			v.Blocks[1].Cite = offered(ctx, f, 1, blocks, sampleCited())
			return editorPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("editor-youth", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Draft)
			*l.Document = sampleYouth()
			v := viewEditor(ctx, l, form.New(fill(*l.Document, l.Version)), -1)
			v.Unit = l.Document.Organ
			return editorPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("signing", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Submitted)
			v := viewWay(ctx, l, sampleSteps()[:1], sampleNames, letter.Judgement{}, form.New(nil))
			v.Unit, v.Sign, v.SendBack, v.SignPaper = sampleUnit.Organ(), "#sign", "#back", "#paper"
			v.Other = ui.T(ctx, "office.way.otherSigner", "Name", l.Fields.Signer.Name)
			return wayPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("signing-departs", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Submitted)
			l.Document.Recipients, l.Document.Signer.Capacity = []string{"Các tổ dân phố", "Lưu: VX"}, nil
			f := form.New(nil)
			judged := decree.Judge(*l.Document)
			f.Add("departs", "letter.fault.departs", "Count", len(judged.Departs))
			v := viewWay(ctx, l, sampleSteps()[:1], sampleNames, judged, f)
			v.Unit, v.Sign, v.SendBack, v.SignPaper = sampleUnit.Organ(), "#sign", "#back", "#paper"
			return wayPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("signing-lacks", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Submitted)
			l.Document.Addressees, l.Document.Signer.Position, l.Document.Signer.Capacity = nil, "", nil
			v := viewWay(ctx, l, sampleSteps()[:1], sampleNames, decree.Judge(*l.Document), form.New(nil))
			v.Unit, v.SendBack = sampleUnit.Organ(), "#back"
			return wayPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("signed-departs", func(ctx context.Context) templ.Component {
			l, steps := sampleLetter(letter.Signed), sampleSteps()
			l.Document.Recipients = []string{"Các tổ dân phố", "Lưu: VX"}
			steps[1].Departs = decree.Judge(*l.Document).Departs
			v := viewWay(ctx, l, steps, sampleNames, letter.Judgement{}, form.New(nil))
			v.Unit, v.Number = sampleUnit.Organ(), "#number"
			return wayPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("issued", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Registered)
			v := viewWay(ctx, l, sampleSteps(), sampleNames, letter.Judgement{}, form.New(nil))
			v.Unit, v.Send, v.Copy, v.Deliver = sampleUnit.Organ(), "#send", "#copy", "#deliver"
			v.Issue = issueview.Versions(ctx, sampleIssues(), versionURL(l.ID, ""), sampleNames)
			v.Upload = issueview.Upload(ctx, form.New(nil), "#upload")
			v.Upload.Gone, v.Upload.Outside, v.Upload.Change = true, "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế", "#change"
			return wayPage(page(ctx, titleOf(ctx, l)), v)
		}),
		show("head", func(ctx context.Context) templ.Component {
			return headPage(narrow(ctx, ui.T(ctx, "office.head.title")), viewHead(ctx, sampleUnit, form.New(fillHead(sampleHead, 1))))
		}),
		show("head-party", func(ctx context.Context) templ.Component {
			h := sampleHead
			h.Form, h.Mark, h.Desk = letter.PartyForm, "BTGTU", ""
			return headPage(narrow(ctx, ui.T(ctx, "office.head.title")), viewHead(ctx, sampleUnit, form.New(fillHead(h, 1))))
		}),
		show("terms", func(ctx context.Context) templ.Component {
			f := form.New(fillTerms([]clock.Day{"2020-07-25", "2025-08-14"}))
			f.Add("terms", "letter.fault.termNumbers", "Symbol", "90-CV/BTGTU", "Year", 2020)
			return termsPage(narrow(ctx, ui.T(ctx, "office.terms.title")), viewTerms(ctx, sampleUnit, f))
		}),
		show("book", func(ctx context.Context) templ.Component {
			v := viewBook(ctx, sampleBook(ctx), form.New(nil), letter.BookFilter{Year: 2024}, 2024)
			v.Gaps = gapsText([]letter.Numbers{{First: 1904, Last: 1927}, {First: 1929, Last: 1929}, {First: 2, Last: 3, Series: "CV"}})
			return bookPageOf(page(ctx, ui.T(ctx, "office.book.incoming")), v)
		}),
		show("book-outgoing", func(ctx context.Context) templ.Component {
			b := book{Name: outgoingName, Title: ui.T(ctx, "office.book.outgoing"), Unit: sampleUnit, Columns: columnsOf(ctx, outgoingColumns), Total: 1}
			b.Lines = []bookLine{{URL: "#line", Do: ui.Link{Text: "1903/UBND-VH", URL: "#deliver"}, Cells: []string{
				"1903/UBND-VH", "06/06/2024", "Công văn hưởng ứng Cuộc thi Thử thách làm cho thế giới sạch hơn", "Nguyễn Văn Mẫu", "Các cơ quan, đoàn thể",
				"VT, VH", "35", "06/06/2024; 07/06/2024", "1/2 đơn vị đã tiếp nhận; Trần Thị Mẫu, Bưu điện thị xã", "Khẩn",
			}}}
			return bookPageOf(page(ctx, b.Title), viewBook(ctx, b, form.New(nil), letter.BookFilter{Year: 2024}, 2024))
		}),
		show("delivery", func(ctx context.Context) templ.Component {
			l := sampleLetter(letter.Registered)
			f := form.New(url.Values{"sent": {"2024-06-09"}, "note": {"Bưu gửi bảo đảm"}})
			f.Add("receiver", "letter.fault.receiverMissing")
			return deliveryPage(narrow(ctx, ui.T(ctx, "office.delivery.recordOf", "Symbol", l.Symbol())), viewDelivery(ctx, l, f))
		}),
		show("copies", func(ctx context.Context) templ.Component {
			b := book{Name: "sao", Title: ui.T(ctx, "office.book.copies"), Unit: sampleUnit, Columns: columnsOf(ctx, copyColumns), Total: 1}
			b.Lines = []bookLine{copyLine(ctx, sampleCopy(), sampleLetter(letter.Registered))}
			return bookPageOf(page(ctx, b.Title), viewBook(ctx, b, form.New(nil), letter.BookFilter{Year: 2024}, 2024))
		}),
		show("copy", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"kind": {"SY"}, "notation": {"UBND"}, "place": {"Tứ Hạ"}, "recipients": {"Như trên\nLưu: VT"}, "name": {"Nguyễn Văn Mẫu"}})
			f.Add("original", "letter.fault.noOriginal")
			v := viewCopy(ctx, f)
			v.Unit, v.Lead, v.Action, v.ID, v.Original = sampleUnit.Organ(), "1903/UBND-VH – hưởng ứng Cuộc thi", "#copy", "n", originalField(ctx, f, false, false)
			return copyFormPage(narrow(ctx, ui.T(ctx, "office.copy.title")), v)
		}),
		show("copy-blurred", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"kind": {"SY"}, "notation": {"UBND"}, "place": {"Tứ Hạ"}, "recipients": {"Như trên\nLưu: VT"}, "name": {"Nguyễn Văn Mẫu"}})
			f.Add("coarse", "letter.fault.coarse", "Page", 2, "DPI", 96, "Limit", 150)
			v := viewCopy(ctx, f)
			v.Unit, v.Lead, v.Action, v.ID = sampleUnit.Organ(), "1903/UBND-VH – hưởng ứng Cuộc thi", "#copy", "n"
			return copyFormPage(narrow(ctx, ui.T(ctx, "office.copy.title")), v)
		}),
		show("copy-waiting", func(ctx context.Context) templ.Component {
			c := sampleCopy()
			c.Electronic, c.Organ = true, sampleUnit.Organ()
			v := viewCopyOf(ctx, c, sampleLetter(letter.Registered), form.New(nil))
			v.Upload, v.File = "#upload", signedField(ctx, form.New(nil))
			return copyOfPage(narrow(ctx, c.Symbol), v)
		}),
		show("copy-not-compared", func(ctx context.Context) templ.Component {
			c := sampleCopy()
			c.Symbol, c.Kind, c.Excerpt, c.Organ = "02/TrS-UBND", letter.Extract, "Một đoạn chép từ bản quét.", sampleUnit.Organ()
			l := sampleLetter(letter.Registered)
			l.Document = nil // there is only a scan
			return copyOfPage(narrow(ctx, c.Symbol), viewCopyOf(ctx, c, l, form.New(nil)))
		}),
		show("copy-signed", func(ctx context.Context) templ.Component {
			c := sampleCopy()
			i := sampleIssue()
			c.Electronic, c.Organ, c.SignedAt = true, sampleUnit.Organ(), clock.Date(2024, 6, 7, 14, 58)
			c.Signed = letter.SignedFile{FileKey: i.FileKey, FileName: "01-SY-UBND.pdf", Size: i.Size, Signatures: i.Signatures, At: i.At, Differences: []letter.Difference{
				{Code: letter.OtherNumber, Found: "13/UBND"}, {Code: letter.ChangedText}, {Code: letter.NotCompared},
			}}
			v := viewCopyOf(ctx, c, sampleLetter(letter.Registered), form.New(nil))
			v.Upload, v.File = "#upload", signedField(ctx, form.New(nil))
			return copyOfPage(narrow(ctx, c.Symbol), v)
		}),
		show("arrival", func(ctx context.Context) templ.Component {
			return arrivalPage(page(ctx, "1903/UBND-VH"), arrivalView{
				Unit: sampleUnit.Organ(), Lead: "hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn", UnitID: sampleUnit.ID, Letter: "l", NewID: "n",
				Draft: true, Copy: "#copy", Stamp: viewStamp(sampleUnit, letter.Arrival{Number: 1, At: clock.Date(2024, 6, 6, 10, 0), File: "12/VX-2024"}, handling{}),
				Facts: []ui.LetterField{{Label: ui.T(ctx, "office.column.author"), Value: "Ủy ban nhân dân thị xã Hương Trà"}},
				Files: []ui.StoredFile{{Name: ui.T(ctx, "office.arrival.pdf"), URL: "#file"}}, Stamped: stampOpen.words(ctx),
				Issue: issueview.Came(ctx, sampleIssue().Signatures),
				Keep:  viewKeep(ctx, sampleUnit.ID, "l", form.New(url.Values{"file": {"12/VX-2024"}})),
				Hand: viewHandling(ctx, sampleUnit.ID, "l", form.New(fillHandling(letter.Handling{
					Receiver: "Phòng Văn hóa và Thông tin", HandedOn: "2024-06-06", Deadline: "2024-06-20", Progress: "Đang tham mưu công văn triển khai",
				}))),
			})
		}),
	}
}

var sampleUnit = unit.Unit{ID: "w", Code: "19996", Name: "Tứ Hạ", FullName: "Phường Tứ Hạ", Kind: unit.Ward}

var sampleNames = map[ident.ID]string{"c": "Trần Thị Mẫu", "l": "Nguyễn Văn Mẫu"}

var sampleHead = drafting.Letterhead{Form: letter.StateForm, Mark: "UBND", Place: "Tứ Hạ", Signers: []letter.Signer{sampleDocument().Signer}}

func sampleDocument() letter.Document {
	return letter.Document{
		Type: letter.OfficialLetter, Organ: "Ủy ban nhân dân phường Tứ Hạ", Notation: "UBND", Place: "Tứ Hạ",
		Subject: "hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn", Addressees: []string{"Các tổ dân phố", "Các đoàn thể phường"},
		Blocks: []letter.Block{
			{Kind: letter.BasisBlock, Text: "Thực hiện Công văn số 1903/UBND-VH ngày 06 tháng 6 năm 2024 của Ủy ban nhân dân thị xã Hương Trà"},
			{Kind: letter.ParagraphBlock, Text: "Ủy ban nhân dân phường đề nghị thực hiện một số nội dung sau:"},
			{
				Kind: letter.DutyBlock, Text: "Tuyên truyền trên hệ thống truyền thanh.",
				Duty: &letter.Duty{Force: letter.Requests, Channels: []letter.Channel{letter.Loudspeaker}, Within: letter.ParseWithin("05 ngày làm việc kể từ ngày nhận")},
			},
			{Kind: letter.TableBlock, Text: "Lịch ra quân", Table: &letter.Table{
				Head: []string{"Ngày", "Địa điểm", "Số người"}, Figure: []bool{false, false, true}, Rows: [][]string{{"16/6/2024", "Bờ sông Bồ", "40"}},
			}},
			{Kind: letter.ParagraphBlock, Text: "Danh sách điểm ra quân và mẫu báo cáo tại các Phụ lục kèm theo."},
		},
		Appendices: []letter.Appendix{
			{Title: "Danh sách điểm ra quân", Blocks: []letter.Block{{Kind: letter.ItemBlock, Text: "Bờ sông Bồ, tổ dân phố 4."}}},
			{Title: "Mẫu báo cáo", Blocks: []letter.Block{{Kind: letter.BulletBlock, Text: "Số người tham gia: …"}}},
		},
		Urgency: "hỏa tốc", Drafter: "LTM", Copies: 15, Contact: "Địa chỉ: tổ dân phố 4, phường Tứ Hạ; điện thoại: 0234.000000",
		Recipients: []string{"Như trên", "Lưu: VT"}, Signer: letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN"}, Position: "CHỦ TỊCH", Name: "Nguyễn Văn Mẫu"},
	}
}

func sampleCited() []citable {
	subject := "tổ chức Cuộc thi Thử thách làm cho thế giới sạch hơn"
	return []citable{
		{Cited: drafting.Cited{
			Type: "kế hoạch", Symbol: "1518/KH-STTTT", Date: letter.Date{Year: 2024, Month: 5, Day: 31},
			Organ: "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế", Subject: subject,
		}},
		{ID: "l", Cited: drafting.Cited{
			Type: letter.OfficialLetter, Symbol: "1903/UBND-VH", Date: letter.Date{Year: 2024, Month: 6, Day: 6},
			Organ: "Ủy ban nhân dân thị xã Hương Trà", Subject: "hưởng ứng, tham gia " + subject,
		}},
	}
}

// sampleYouth is a letter of the Youth Union that is not finished yet.
func sampleYouth() letter.Document {
	doc := sampleDocument()
	doc.Form, doc.Superior, doc.Organ, doc.Notation = letter.YouthForm, "Thị đoàn Hương Trà", "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường Tứ Hạ", "UBND"
	doc.Urgency, doc.Addressees, doc.Appendices, doc.Contact = "", nil, nil, ""
	doc.Recipients, doc.Signer = []string{"Như trên", "Lưu VP"}, letter.Signer{Capacity: []string{"TM. BAN CHẤP HÀNH"}, Position: "BÍ THƯ"}
	return doc
}

func sampleLetter(state letter.State) letter.Letter {
	doc := sampleDocument()
	l := letter.Letter{
		ID: "o", IssuerID: sampleUnit.ID, State: state, Version: 3, CreatedBy: "c", CreatedAt: clock.Date(2024, 6, 7, 9, 0),
		Fields: letter.Fields{Type: doc.Type, Subject: doc.Subject, Signer: doc.Signer, Notation: doc.Notation},
	}
	if state == letter.Registered {
		doc.Number, doc.Date = "12", letter.Date{Year: 2024, Month: 6, Day: 7}
		l.Fields.Organ, l.Fields.Date = doc.Organ, doc.Date
		l.Fields.Number, l.RegisteredAt, l.RegisteredBy = doc.Number, clock.Date(2024, 6, 7, 14, 0), "c"
	}
	l.Document = &doc
	return l
}

func sampleSteps() []letter.Step {
	return []letter.Step{
		{Event: letter.Submit, By: "c", At: clock.Date(2024, 6, 7, 9, 40)},
		{Event: letter.Sign, By: "l", At: clock.Date(2024, 6, 7, 13, 30), Words: "Đồng ý."},
	}
}

func sampleIssues() []letter.Issue {
	first, last := sampleIssue(), sampleIssue()
	first.Number, first.Origin, first.Signatures, first.At = 1, letter.Printed, nil, clock.Date(2024, 6, 7, 14, 0)
	last.Number, last.By = 2, "c"
	return []letter.Issue{first, last}
}

func sampleIssue() letter.Issue {
	return letter.Issue{
		FileName: "12-UBND.pdf", FileKey: "sha256/00ff", Size: 93_000, Origin: letter.Uploaded, At: clock.Date(2024, 6, 7, 15, 0),
		Signatures: []letter.Signature{{Intact: true, Whole: true, Signer: "Nguyễn Văn Mẫu", Organ: "Ủy ban nhân dân phường Tứ Hạ", Issuer: "CA thử nghiệm", Chain: letter.ChainUntrusted}},
	}
}

func sampleCopy() letter.Copy {
	return letter.Copy{
		ID: "k", Symbol: "01/SY-UBND", Kind: letter.TrueCopy, Date: letter.Date{Year: 2024, Month: 6, Day: 7}, Recipients: []string{"Tổ trưởng các tổ dân phố"},
		Signer: sampleDocument().Signer, FileKey: "k",
	}
}

func sampleBook(ctx context.Context) book {
	return book{
		Name: "den", Title: ui.T(ctx, "office.book.incoming"), Unit: sampleUnit, Columns: columnsOf(ctx, incomingColumns), Lead: 3, Total: 1,
		Lines: []bookLine{{URL: "#line", Cells: []string{
			"06/06/2024", "01", "Ủy ban nhân dân thị xã Hương Trà", "1903/UBND-VH", "06/06/2024",
			"Công văn hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn", "Công chức văn hóa - xã hội", "06/06/2024", "", "",
		}}},
	}
}
