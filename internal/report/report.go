package report

import (
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/waste"
)

// Figures are the numbers of a report. In a draft a zero means that nobody has said yet.
type Figures struct {
	Participants int64         `json:"participants"`
	Minutes      int64         `json:"minutes"`
	Weights      waste.Weights `json:"waste_grams"`
	Methods      waste.Methods `json:"methods"`
}

// normal drops the methods of weights that are not there.
func (f Figures) normal() Figures {
	for i, grams := range f.Weights {
		if grams == 0 {
			f.Methods[i] = ""
		}
	}
	return f
}

// Report is the result of one clean-up.
type Report struct {
	ID        ident.ID
	Cleanup   ident.ID
	Challenge ident.ID
	Entrant   ident.ID
	State     State
	Version   int64 // grows with each change but not with photos; an update may name the version it saw

	Figures       Figures  // as the entrant sent them in; nobody else changes them
	Adjusted      *Figures // as a reviewer corrected them, nil when they stand
	Note          string
	HazardousNote string // to whom the hazardous waste was handed over, and the number of the receipt

	SendBacks int64      // how often it was sent back for the first time or again
	Reason    string     // of the last decision or adjustment
	Deadline  clock.Time // until when a report that was sent back is awaited
	DecidedBy ident.ID   // who decided last
	DecidedAt clock.Time
	Claim     Claim

	CreatedBy   ident.ID
	CreatedAt   clock.Time
	UpdatedAt   clock.Time
	SubmittedAt clock.Time // when it was last sent in
}

// Effective returns the figures that count: the adjusted ones where there are any.
func (r Report) Effective() Figures {
	if r.Adjusted != nil {
		return *r.Adjusted
	}
	return r.Figures
}

// Overdue tells whether a report that was sent back has not come again in time.
func (r Report) Overdue(now clock.Time) bool {
	return r.State == SentBack && !now.Before(r.Deadline.Time)
}

// Claim is a reviewer's soft lock: others see who works on the report, and it ends by itself.
type Claim struct {
	By    ident.ID
	Until clock.Time
}

// Held tells whether somebody other than the given person holds the claim.
func (c Claim) Held(by ident.ID, now clock.Time) bool {
	return c.By != "" && c.By != by && now.Before(c.Until.Time)
}

// Step is one entry of a report's history: a version sent in, a decision, an adjustment.
type Step struct {
	ID      ident.ID
	Report  ident.ID
	Version int64 // of the report after the step; the steps of a report are in this order
	Event   Event
	// Figures are those sent in, or the adjusted ones; with a decision those it was made on.
	Figures       Figures
	Note          string
	HazardousNote string
	Photos        []ident.ID // that belonged to the report
	Reason        string
	Deadline      clock.Time
	By            ident.ID
	At            clock.Time
}
