package entrants

import (
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/cleanup"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// cleanupPage is one clean-up for its team.
type cleanupPage struct {
	Page ui.Page
	subject
	Unit    string
	State   cleanup.State
	Came    cleanup.Attendance
	Counted bool
	Cancels bool
	Attends bool
	Reports bool // its report can be written or read
	Form    *form.Form
}

func (p *pages) cleanup(w http.ResponseWriter, r *http.Request) error {
	return p.showCleanup(w, r, http.StatusOK, nil)
}

// showCleanup shows the page; f is a form that failed, nil when the page is only opened.
func (p *pages) showCleanup(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	s, err := p.subject(r, person.ActionCleanupAttend)
	if err != nil {
		return err
	}
	now := p.now()
	page := cleanupPage{subject: s, State: s.Cleanup.StateAt(now), Form: f}
	page.Page = p.page(r, s.Cleanup.Place, s.way())
	if page.Came, page.Counted, err = p.Cleanups.Attendance(ctx, actor, s.Cleanup.ID); err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	page.Unit = tree.Name(s.Cleanup.Unit)
	page.Cancels = cleanup.Lifecycle.Can(page.State, cleanup.Cancel) && actor.Can(person.ActionCleanupEdit, s.on()) == nil
	page.Attends = page.State == cleanup.UnderWay || page.State == cleanup.Ended
	page.Reports = page.State == cleanup.Ended || page.State == cleanup.Reported
	if f == nil {
		page.Form = attendanceForm(page.Came, page.Counted)
	}
	return web.Render(w, r, status, cleanupView(page))
}

// attendanceForm fills the form with who came: a head count, or a name on each line, a guardian behind a comma.
func attendanceForm(a cleanup.Attendance, counted bool) *form.Form {
	f := form.New(nil)
	f.Set("kind", string(cleanup.HeadCount))
	if !counted {
		return f
	}
	f.Set("kind", string(a.Kind))
	f.Set("head_count", form.CountInput(int64(a.HeadCount)))
	lines := make([]string, 0, len(a.Attendees))
	for _, one := range a.Attendees {
		line := one.Name
		if one.Guardian != "" {
			line += ", " + one.Guardian
		}
		lines = append(lines, line)
	}
	f.Set("attendees", strings.Join(lines, "\n"))
	return f
}

func (p *pages) attend(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r, person.ActionCleanupAttend)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	in := cleanup.AttendanceInput{Kind: cleanup.AttendanceKind(f.Value("kind"))}
	switch in.Kind {
	case cleanup.NameList:
		in.Attendees = attendees(f.Value("attendees"))
		for i := range in.Attendees {
			f.Alias("attendees."+strconv.Itoa(i), "attendees")
		}
	default:
		in.HeadCount = f.Int("head_count")
	}
	err = f.Err()
	if err == nil {
		_, err = p.Cleanups.Attend(r.Context(), web.ActorOf(r.Context()), s.Cleanup.ID, in)
	}
	if err != nil {
		return refused(w, r, f, err, func(status int) error { return p.showCleanup(w, r, status, f) })
	}
	return web.Done(w, r, cleanupPath(s.Cleanup.ID), "entrants.attended")
}

// attendees reads one name from each line, with the guardian of a child behind a comma.
func attendees(text string) (list []cleanup.Attendee) {
	for line := range strings.Lines(text) {
		name, guardian, _ := strings.Cut(line, ",")
		list = append(list, cleanup.Attendee{Name: name, Guardian: guardian})
	}
	return list
}

func (p *pages) cancel(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if _, err := p.Cleanups.Cancel(r.Context(), web.ActorOf(r.Context()), id, f.Lines("reason")); err != nil {
		return refused(w, r, f, err, func(status int) error { return p.showCleanup(w, r, status, f) })
	}
	return web.Done(w, r, cleanupPath(id), "entrants.cancelled")
}
