package publicity

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Hours are when a unit's loudspeakers may speak.
type Hours struct {
	UnitID     ident.ID
	Days       []time.Weekday // in the order of the week, which begins on Monday
	Slots      []Slot
	MaxMinutes int // of one bulletin
	Version    int64
}

// Slot is a stretch of the day in minutes since midnight.
type Slot struct {
	From  int `json:"from"`
	Until int `json:"until"`
}

// DefaultHours are those that are usual in communes: every day, early in the morning and late in the afternoon.
func DefaultHours() Hours {
	return Hours{
		Days:       []time.Weekday{1, 2, 3, 4, 5, 6, 0},
		Slots:      []Slot{{5 * 60, 6 * 60}, {17 * 60, 18 * 60}},
		MaxMinutes: 15,
	}
}

// String writes a slot as people do: "5:00–6:00".
func (s Slot) String() string { return clockText(s.From) + "–" + clockText(s.Until) }

func clockText(minutes int) string {
	return strconv.Itoa(minutes/60) + ":" + strconv.Itoa(minutes%60/10) + strconv.Itoa(minutes%10)
}

const maxSlots = 6

// ParseSlots reads slots as people type them, one a line or parted by commas: "5:00-6:00, 17h – 18h30".
func ParseSlots(s string) ([]Slot, error) {
	var slots []Slot
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		from, until, ok := strings.Cut(strings.NewReplacer("–", "-", "—", "-", " đến ", "-").Replace(part), "-")
		a, okA := parseClock(from)
		b, okB := parseClock(until)
		if !ok || !okA || !okB || a >= b {
			return nil, fault.Invalid.With("publicity.fault.slot", "Text", strings.TrimSpace(part)).At("slots")
		}
		slots = append(slots, Slot{a, b})
	}
	if len(slots) == 0 || len(slots) > maxSlots {
		return nil, fault.Invalid.With("publicity.fault.slots", "Limit", maxSlots).At("slots")
	}
	slices.SortFunc(slots, func(a, b Slot) int { return a.From - b.From })
	for i := 1; i < len(slots); i++ {
		if slots[i].From < slots[i-1].Until {
			return nil, fault.Invalid.With("publicity.fault.slotsOverlap").At("slots")
		}
	}
	return slots, nil
}

func parseClock(s string) (minutes int, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	s = strings.NewReplacer("giờ", ":", "h", ":", "g", ":").Replace(s)
	h, m, found := strings.Cut(s, ":")
	if !found || m == "" {
		m = "0"
	}
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || len(h) > 2 || len(m) > 2 || hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour == 24 && minute > 0 {
		return 0, false
	}
	return hour*60 + minute, true
}

func (h Hours) check() error {
	var bad fault.Fields
	if len(h.Days) == 0 {
		bad.Add("days", "publicity.fault.noDay")
	}
	if h.MaxMinutes < 1 || h.MaxMinutes > 60 {
		bad.Add("minutes", "publicity.fault.minutes")
	}
	return bad.Err()
}

// HoursOf returns when a unit's loudspeakers may speak.
func (s *Service) HoursOf(ctx context.Context, actor person.Actor, unitID ident.ID) (Hours, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return Hours{}, err
	}
	return hoursOf(ctx, s.db, unitID)
}

// SaveHours changes when a unit's loudspeakers may speak.
func (s *Service) SaveHours(ctx context.Context, actor person.Actor, h Hours) (Hours, error) {
	if err := actor.Can(person.ActionPublicityEdit, person.On{Unit: h.UnitID}); err != nil {
		return Hours{}, err
	}
	if _, err := s.units.Unit(ctx, h.UnitID); err != nil {
		return Hours{}, err
	}
	if err := h.check(); err != nil {
		return Hours{}, err
	}
	seen := h.Version
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		h.Version = seen + 1 // not ++: a transaction may run again
		if err := saveHours(ctx, tx, h, actor.ID); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionPublicityEdit), Kind: "loudspeaker_hours", Object: h.UnitID,
			After: map[string]any{"slots": h.Slots, "days": h.Days, "minutes": h.MaxMinutes},
		})
	})
	if err != nil {
		return Hours{}, err
	}
	return h, nil
}
