package api

import (
	"errors"
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/web"
)

// problem is the server's problem document as huma writes it.
type problem struct {
	web.ProblemBody
}

// GetStatus implements huma.StatusError.
func (p *problem) GetStatus() int { return p.Status }

// Error implements error.
func (p *problem) Error() string { return p.Title }

// ContentType implements huma.ContentTypeFilter.
func (p *problem) ContentType(string) string { return "application/problem+json" }

// newProblem says which parameters huma refused. Its own words are English, speak to programmers and hold the value,
// so each parameter has a message of ours that says what it looks like.
func newProblem(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
	var fields fault.Fields
	for _, err := range errs {
		if d, ok := errors.AsType[*huma.ErrorDetail](err); ok {
			name := d.Location[strings.LastIndexByte(d.Location, '.')+1:]
			fields.Add(name, "api.parameter."+name)
		}
	}
	err := fields.Err()
	if err == nil { // not about a parameter: nothing that the API's operations can cause
		err = fmt.Errorf("api: huma answers %d: %w", status, errors.Join(errs...))
	}
	return &problem{ProblemBody: web.Explain(lang.From(ctx.Context()), err, web.RequestID(ctx.Context()))}
}
