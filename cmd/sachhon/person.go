package main

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/app"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

type personCommand struct {
	Grant personGrantCommand `cmd:"" help:"Give somebody a role, and an account when they have none; how the first administrator comes in."`
}

type personGrantCommand struct {
	withConfig
	Email string `arg:"" help:"E-mail address; codes for signing in go there."`
	Role  string `arg:"" enum:"administrator,board,leader,clerk" help:"administrator, board, leader or clerk."`
	Unit  string `help:"Code of the unit in whose subtree the role holds; the whole installation when not given." placeholder:"CODE"`
	Name  string `help:"Full name, when the account is new."`
}

func (c *personGrantCommand) Run(ctx context.Context, s streams) error {
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		var at ident.ID
		if c.Unit != "" {
			tree, err := services.Units.Today(ctx)
			if err != nil {
				return err
			}
			u, ok := tree.ByCode(c.Unit)
			if !ok {
				return fault.NotFound.With("cli.person.noUnit", "Code", c.Unit)
			}
			at = u.ID
		}
		id, _, known, err := services.People.ByEmail(ctx, c.Email)
		if err != nil {
			return err
		}
		if !known {
			p, err := services.People.Create(ctx, person.SystemActor, person.Details{Name: c.Name, Email: c.Email, Lang: s.l.Code(), HomeUnit: at})
			if err != nil {
				return err
			}
			id = p.ID
		}
		if err := grantOnce(ctx, services.People, person.GrantInput{PersonID: id, Role: person.Role(c.Role), UnitID: at}); err != nil {
			return err
		}
		fmt.Fprintln(s.out, s.l.T("cli.person.granted", "Email", c.Email, "Role", s.l.T("person.role."+c.Role)))
		return nil
	})
}

// grantOnce grants the role unless the person holds it there today: running the command again changes nothing.
func grantOnce(ctx context.Context, people *person.Service, in person.GrantInput) error {
	actor, err := people.Actor(ctx, in.PersonID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(actor.Grants, func(g person.Grant) bool { return g.Role == in.Role && g.UnitID == in.UnitID }) {
		return nil
	}
	_, err = people.Grant(ctx, person.SystemActor, in)
	return err
}
