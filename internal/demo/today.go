package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/demo/scene"
	"sachhon/internal/ident"
	"sachhon/internal/waste"
)

const (
	todaySlug = "chu-nhat-xanh"
	todayTeam = "dai-dien-doi"
)

// today sets a challenge around the present: a plan on its way through the tiers that the ward has not opened yet, teams in every stage, a
// report that waits for the board, and a clean-up of yesterday whose report the demo's own team has still to write.
func (r *replay) today(ctx context.Context, now time.Time) error {
	y, m, d := now.In(clock.Zone).Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, clock.Zone)
	day := func(n, hour int) time.Time { return midnight.AddDate(0, 0, n).Add(time.Duration(hour) * time.Hour) }
	r.clock.Set(day(-21, 9))
	province, err := r.unit(provinceCode)
	if err != nil {
		return err
	}
	department, err := r.unit(departmentCode)
	if err != nil {
		return err
	}
	period := challenge.Days(day(-20, 0), day(40, 0))
	c, err := r.found(ctx, challenge.Details{
		Slug: todaySlug, Title: "Chủ nhật xanh", Synthetic: true,
		Summary: "Thử thách đang diễn ra: đăng ký đội, ra quân, cân rác, gửi báo cáo có ảnh và xem bảng xếp hạng thay đổi. " +
			"Dùng các đơn vị hành chính của tháng 6/2024; cấp huyện đã kết thúc từ ngày 01/7/2025.",
		Organiser: department.ID, Area: province.ID, Box: boxOf(), Period: period, Registration: challenge.Days(day(-21, 0), day(38, 0)),
	}, "")
	if err != nil {
		return err
	}
	p := todayPlan(r.random, day)
	k := &contest{replay: r, id: c.ID, plan: p, codes: map[*entrantPlan]ident.ID{}}
	k.gate = newGallery(ctx, p.cleanups)
	defer k.gate.close()
	for i, e := range p.entrants {
		r.on(e.register, func(ctx context.Context) error {
			if err := k.register(ctx, e); err != nil {
				return err
			}
			if i == 0 {
				r.people[todayTeam] = r.people[k.key(e)]
			}
			return nil
		})
		if i < len(p.entrants)-2 { // the last two wait for the board
			r.on(e.register.Add(5*time.Hour), func(ctx context.Context) error { return k.approve(ctx, e) })
		}
	}
	for i, cl := range p.cleanups {
		k.cleanup(i, cl)
	}
	r.tiers(c, department, officeBefore(midnight))
	return r.run(ctx)
}

// todayPlan has eight entrants: the demo's own team first, the last two not yet approved.
func todayPlan(r *rand.Rand, day func(n, hour int) time.Time) *plan {
	p := &plan{}
	for i := range 8 {
		e := &entrantPlan{
			division: challenge.Collective, spot: around[(8+i*3)%len(around)], person: fullName(r), index: 200 + i,
			birth: "1990-03-15", register: day(-18+i, 8), expecting: 9 + r.IntN(20),
		}
		if i%3 == 1 {
			e.division, e.expecting = challenge.Individual, 3+r.IntN(5)
		}
		if i >= 6 {
			e.register = day(-1, 15+i-6)
		}
		p.entrants = append(p.entrants, e)
	}
	own := p.entrants[0]
	own.spot = around[8] // the ward whose clerk one may be, too
	for i, c := range []struct {
		entrant *entrantPlan
		day     int
		fate    fate
	}{
		{own, -14, fateValid},
		{p.entrants[1], -13, fateValid},
		{p.entrants[2], -11, fateMended},
		{p.entrants[3], -9, fateValid},
		{p.entrants[4], -7, fateValid},
		{p.entrants[2], -6, fateAdjusted},
		{p.entrants[3], -1, fateWaiting},
		{own, -1, fateUnreported},
		{p.entrants[5], 2, fateUnreported},
		{p.entrants[4], 3, fateUnreported},
	} {
		pl := &cleanupPlan{
			entrant: c.entrant, fate: c.fate, begin: day(c.day, 6), end: day(c.day, 8), created: day(min(c.day, 0)-2, 19),
			place: c.entrant.spot.places[i%len(c.entrant.spot.places)], point: c.entrant.spot.centre, people: int64(c.entrant.expecting),
			spot: scene.Spot{Seed: 5000 + uint64(i), People: 3}, phases: []scene.Phase{scene.Before, scene.After},
		}
		pl.report, pl.review = pl.end.Add(6*time.Hour), pl.end.Add(26*time.Hour)
		for _, t := range waste.Types() {
			if r.Float64() < usual[t] && t != waste.Construction {
				pl.weights = pl.weights.With(t, int64(1+r.IntN(80))*500)
				pl.methods = pl.methods.With(t, waste.Weighed)
			}
		}
		pl.weights = pl.weights.With(waste.Plastic, int64(8+r.IntN(40))*500)
		pl.methods = pl.methods.With(waste.Plastic, waste.Weighed)
		pl.spot.Place = placeOf(pl.place)
		p.cleanups = append(p.cleanups, pl)
	}
	return p
}
