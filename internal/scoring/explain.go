package scoring

import (
	"sachhon/internal/lang"
)

// Text says in people's words where the points of the line come from.
func (l Line) Text(loc *lang.Localizer) string {
	rate, points := Points(l.Rate).Text(loc), l.Points.Text(loc)
	switch l.Rule {
	case RuleEvent:
		return loc.T("scoring.line.event", "Points", points)
	case RuleParticipants:
		if l.Uncounted > 0 {
			return loc.T("scoring.line.participantsCapped", "Count", l.Quantity, "All", loc.Number(l.Quantity+l.Uncounted),
				"Rate", rate, "Points", points)
		}
		return loc.T("scoring.line.participants", "Count", l.Quantity, "Rate", rate, "Points", points)
	case RuleWaste:
		args := []any{
			"Type", loc.T("waste." + string(l.Type)), "Weight", loc.Weight(l.Quantity),
			"From", loc.Weight(l.From), "Rate", rate, "Points", points,
		}
		if l.From > 0 {
			return loc.T("scoring.line.wasteBeyond", args...)
		}
		return loc.T("scoring.line.waste", args...)
	case RuleWeighed:
		return loc.T("scoring.line.weighed", "Percent", loc.Number(l.Rate), "Of", Points(l.Quantity).Text(loc), "Points", points)
	}
	return string(l.Rule) // a rule of a later format, in an old program
}
