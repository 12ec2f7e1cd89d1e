package demo

import (
	"context"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// The accounts that people of the demo sign in as.
const (
	administrator   = "quan-tri"
	firstReviewer   = "ban-to-chuc-1"
	secondReviewer  = "ban-to-chuc-2"
	townClerk       = "van-thu-thi-xa"
	townLeader      = "lanh-dao-thi-xa"
	wardClerk       = "van-thu.19996"
	departmentClerk = "van-thu.46.stttt"
	representative  = "dai-dien"
)

const (
	provinceCode   = "46"
	departmentCode = "46.STTTT"
	townCode       = "480"
	officeCode     = "480.VP"
	cultureCode    = "480.VHTT"
	wardCode       = "19996"
)

// settle imports the units and makes the officials.
func (r *replay) settle(ctx context.Context) error {
	if _, err := r.Units.Import(ctx, person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}); err != nil {
		return err
	}
	tree, err := r.Units.Tree(ctx, clock.DayOf(r.clock.Now()))
	if err != nil {
		return err
	}
	r.tree = tree
	province, err := r.unit(provinceCode)
	if err != nil {
		return err
	}
	department, err := r.unit(departmentCode)
	if err != nil {
		return err
	}
	town, err := r.unit(townCode)
	if err != nil {
		return err
	}
	office, err := r.unit(officeCode)
	if err != nil {
		return err
	}
	for _, o := range []struct {
		key, name string
		role      person.Role
		at, home  unit.Unit
	}{
		{administrator, "Quản trị viên", person.Administrator, unit.Unit{}, department},
		{firstReviewer, "Thành viên thứ nhất Ban tổ chức", person.Board, province, department},
		{secondReviewer, "Thành viên thứ hai Ban tổ chức", person.Board, province, department},
		{townClerk, "Văn thư thị xã Hương Trà", person.Clerk, town, office},
		{townLeader, "Lãnh đạo thị xã Hương Trà", person.Leader, town, office},
	} {
		if err := r.official(ctx, o.key, o.name, o.role, o.at.ID, o.home.ID); err != nil {
			return err
		}
	}
	return nil
}

// clerkOf names the account of a unit's clerk.
func clerkOf(u unit.Unit) string { return "van-thu." + strings.ToLower(u.Code) }

// appoint makes the clerk of a unit that receives letters, and the leader of a commune or ward.
func (r *replay) appoint(ctx context.Context, u unit.Unit) error {
	name := strings.NewReplacer(" - ", " ", ",", "").Replace(u.FullName)
	if err := r.official(ctx, clerkOf(u), "Văn thư "+name, person.Clerk, u.ID, u.ID); err != nil || !u.Kind.Area() {
		return err
	}
	return r.official(ctx, leaderOf(u), "Lãnh đạo "+name, person.Leader, u.ID, u.ID)
}

// leaderOf names the account of a unit's leader.
func leaderOf(u unit.Unit) string { return "lanh-dao." + strings.ToLower(u.Code) }
