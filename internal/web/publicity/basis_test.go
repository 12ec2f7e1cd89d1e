package publicity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/testkit/apptest"
)

// The communes that get the challenge's letter in different ways; what the package of each rests on.
const (
	passedTo = "20008" // the province's letter, as it is
	orderTo  = "20011" // with the town's own
	typedIn  = "20017" // on paper
	typedOn  = "20026" // on paper to the town, which passed it on
	unasked  = "20020"
)

// registered makes a letter of a unit about the challenge that asks to tell people of it.
func (w *world) registered(clerk person.Actor, issuer, text string) letter.Letter {
	w.t.Helper()
	l, err := w.Letters.Draft(w.t.Context(), clerk, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Unit(issuer), Text: text})
	w.Must(err)
	_, err = w.Letters.Register(w.t.Context(), clerk, l.ID)
	w.Must(err)
	l, err = w.Letters.Link(w.t.Context(), clerk, l.ID, letter.Link{Challenge: w.Challenge.ID})
	w.Must(err)
	return l
}

// entered types a letter in that came to a unit on paper.
func (w *world) entered(clerk person.Actor, at, text string) cascade.Dispatch {
	w.t.Helper()
	l, err := w.Letters.Draft(w.t.Context(), clerk, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Unit(at), Text: text})
	w.Must(err)
	_, err = w.Letters.Link(w.t.Context(), clerk, l.ID, letter.Link{Challenge: w.Challenge.ID})
	w.Must(err)
	_, d, err := w.Cascade.Enter(w.t.Context(), clerk, l.ID)
	w.Must(err)
	return d
}

// spread lets the letter reach the communes on all ways that there are, and returns what each rests on.
func (w *world) spread() map[string]string {
	w.t.Helper()
	ctx, town := w.t.Context(), w.Face("town clerk").Actor
	above := w.As(w.Person(apptest.Province, person.Clerk, w.Unit(apptest.Province)))
	ofProvince := strings.NewReplacer("THỊ XÃ HƯƠNG TRÀ", "TỈNH THỪA THIÊN HUẾ", "thị xã Hương Trà", "tỉnh Thừa Thiên Huế", "UBND-VH", "UBND-TT")
	forward := func(dispatch, under ident.ID, code string) {
		w.t.Helper()
		_, err := w.Cascade.Forward(ctx, town, cascade.ForwardInput{Dispatch: dispatch, Under: under, To: cascade.Recipients{Units: []ident.ID{w.Unit(code)}}})
		w.Must(err)
	}
	first := w.registered(above, apptest.Province, ofProvince.Replace(lettertest.Text("", "Thông báo trên hệ thống truyền thanh.")))
	sent, err := w.Cascade.Send(ctx, above, cascade.SendInput{Letter: first.ID, To: cascade.Recipients{Units: []ident.ID{w.Unit(apptest.Town)}}})
	w.Must(err)
	w.Drain()
	_, err = w.Cascade.Receive(ctx, town, sent.Dispatches[0].ID)
	w.Must(err)
	own := w.registered(town, apptest.Town, lettertest.Text("", "Thông báo trên bảng tin."))
	forward(sent.Dispatches[0].ID, "", passedTo)
	forward(sent.Dispatches[0].ID, own.ID, orderTo)
	paper := w.entered(town, apptest.Town, strings.Replace(ofProvince.Replace(lettertest.Text("2345", "Thông báo trên hệ thống truyền thanh.")), "UBND-TT", "UBND-XH", 1))
	forward(paper.ID, "", typedOn)
	w.entered(w.As(w.Person(typedIn, person.Clerk, w.Unit(typedIn))), typedIn, lettertest.Text("77", "Họp dân."))
	w.Drain()
	return map[string]string{
		apptest.Ward: "Công văn số " + w.symbol(w.Letter.ID) + " của Ủy ban nhân dân thị xã Hương Trà",
		passedTo:     "Công văn số " + w.symbol(first.ID) + " của Ủy ban nhân dân tỉnh Thừa Thiên Huế",
		orderTo:      "Công văn số " + w.symbol(own.ID) + " của Ủy ban nhân dân thị xã Hương Trà",
		typedIn:      "Công văn số 77/UBND-VH của Ủy ban nhân dân thị xã Hương Trà",
		typedOn:      "Công văn số 2345/UBND-XH của Ủy ban nhân dân tỉnh Thừa Thiên Huế",
		unasked:      "",
	}
}

func (w *world) symbol(id ident.ID) string {
	w.t.Helper()
	l, err := w.Letters.Get(w.t.Context(), person.SystemActor, id)
	w.Must(err)
	return l.Symbol()
}

// packageOf is the package as somebody who handles the unit's publicity sees it.
func (w *world) packageOf(code string) *publicity.Package {
	w.t.Helper()
	clerk := person.NewActor(person.Actor{ID: "clerk", HomeUnit: w.Unit(code), Grants: []person.Grant{{Role: person.Clerk, UnitID: w.Unit(code)}}}, w.Tree)
	p, err := w.Publicity.Package(w.t.Context(), clerk, w.Unit(code), apptest.Slug)
	w.Must(err)
	return p
}

// A package cites the paper that the unit has in its register, and who issued that: not whoever passed it on or typed it in.
func TestAPackageRestsOnThePaperThatCame(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for code, want := range w.spread() {
			p := w.packageOf(code)
			if p.Basis != want {
				t.Errorf("%s rests on %q, want %q", p.Unit.FullName, p.Basis, want)
			}
			points := p.Texts[publicity.Meeting].Parts["points"]
			if cites := strings.Contains(points, "Quán triệt"); cites != (want != "") || cites && !strings.Contains(points, strings.TrimPrefix(want, "C")) {
				t.Errorf("%s says at a meeting:\n%s", p.Unit.FullName, points)
			}
		}
	})
}

// Everybody reads what the clerk saw before publishing it, whatever the unit's texts rest on and whatever happens afterwards.
func TestThePublicReadsWhatTheClerkSaw(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		basis := w.spread()
		for code := range basis {
			clerk := w.As(w.Person(code, person.Clerk, w.Unit(code)))
			w.Must(w.Publicity.Publish(t.Context(), clerk, w.Unit(code), apptest.Slug, true))
		}
		same := func(when string) {
			t.Helper()
			for code := range basis {
				p := w.packageOf(code)
				story, err := w.Publicity.Public(t.Context(), apptest.Slug, code)
				w.Must(err)
				if diff := cmp.Diff(p.Texts[publicity.Article].Parts, story.Article.Parts); diff != "" {
					t.Errorf("%s, %s (-seen +public):\n%s", when, p.Unit.FullName, diff)
				}
				if diff := cmp.Diff(p.Matter, story.Matter); diff != "" {
					t.Errorf("%s, %s (-seen +public):\n%s", when, p.Unit.FullName, diff)
				}
			}
		}
		same("at first")
		at := "/cuoc-thi/" + apptest.Slug + "/tin/"
		for code, want := range basis {
			for _, page := range []string{at + code, at + code + "/tin.atom"} {
				body := w.get("nobody", page, 200).Body.String()
				if cites := strings.Contains(body, "Thực hiện công văn"); cites != (want != "") || cites && !strings.Contains(body, strings.TrimPrefix(want, "C")) {
					t.Errorf("%s does not rest on %q", page, want)
				}
			}
		}
		w.Clock.Advance(time.Hour)
		w.reword(publicity.Article, "title", "Tứ Hạ ra quân vì dòng sông", 0)
		same("the ward found its own words")
		w.campaign("town clerk", apptest.Town, "Cả thị xã cùng làm", 303)
		same("the town changed the campaign")
		w.campaign("clerk", apptest.Ward, "Phường ta tự làm lấy", 303)
		same("the ward wrote its own campaign")
		refuser := w.As(w.Person(passedTo, person.Clerk, w.Unit(passedTo)))
		_, err := w.Cascade.Refuse(t.Context(), refuser, w.packageOf(passedTo).Dispatch.ID, "Không thuộc thẩm quyền")
		w.Must(err)
		same("a letter was refused")
		if got := w.packageOf(passedTo).Basis; got != "" {
			t.Errorf("what was refused is still cited: %s", got)
		}
	})
}
