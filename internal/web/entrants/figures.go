package entrants

import (
	"net/http"
	"strconv"
	"time"

	"sachhon/internal/report"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// The names of the inputs of a weight are those under which the service reports faults.
func weightInput(t waste.Type) string { return "weight." + string(t) }
func methodInput(t waste.Type) string { return "method." + string(t) }

// aliases puts faults of the report as a whole beside the input that mends them.
func aliases(f *form.Form) {
	f.Alias("weights", weightInput(waste.Types()[0]))
	f.Alias("photos", photoInput(report.Before))
	f.Alias("due", "") // nothing on the page mends a date
}

// changes reads the figures of the form; what cannot be understood is noted in it.
func changes(f *form.Form) report.Changes {
	var weights waste.Weights
	var methods waste.Methods
	for i, t := range waste.Types() {
		weights[i], methods[i] = f.Weight(weightInput(t)), waste.Method(f.Value(methodInput(t)))
	}
	participants, minutes := f.Count("participants"), f.Count("minutes")
	note, hazardous := f.Lines("note"), f.Lines("hazardous_note")
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		version = 0 // a form without one writes over whatever is there
	}
	return report.Changes{
		Version: version, Participants: &participants, Minutes: &minutes, Weights: &weights, Methods: &methods,
		Note: &note, HazardousNote: &hazardous,
	}
}

// storedForm fills the form with what is stored. Who came and how long the plan was are proposed while nobody has
// said anything else.
func (p *pages) storedForm(r *http.Request, s subject, view report.View) (*form.Form, error) {
	f := form.New(nil)
	figures := view.Figures
	if view.State == report.Draft && figures == (report.Figures{}) {
		came, ok, err := p.Cleanups.Attendance(r.Context(), web.ActorOf(r.Context()), s.Cleanup.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			figures.Participants = int64(came.Participants())
		}
		figures.Minutes = int64(s.Cleanup.EndsAt.Sub(s.Cleanup.StartsAt.Time) / time.Minute)
	}
	f.Set("participants", form.CountInput(figures.Participants))
	f.Set("minutes", form.CountInput(figures.Minutes))
	for i, t := range waste.Types() {
		f.Set(weightInput(t), form.WeightInput(figures.Weights[i]))
		f.Set(methodInput(t), string(figures.Methods[i]))
	}
	f.Set("note", view.Note)
	f.Set("hazardous_note", view.HazardousNote)
	f.Set("version", form.CountInput(view.Version))
	return f, nil
}
