package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestKindIsFoundThroughWrapping(t *testing.T) {
	err := fmt.Errorf("report: submit: %w", Conflict.With("report.fault.taken", "Name", "A").Because(io.EOF))
	if !errors.Is(err, Conflict) || errors.Is(err, NotFound) {
		t.Error("errors.Is does not tell the kind")
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the private reason is lost")
	}
	if got := KindOf(err); got != Conflict {
		t.Errorf("KindOf = %q", got)
	}
	if got := KindOf(io.EOF); got != "" {
		t.Errorf("KindOf of an internal error = %q", got)
	}
	if got := KindOf(fmt.Errorf("x: %w", NotFound)); got != NotFound {
		t.Errorf("KindOf of a bare kind = %q", got)
	}
}

func TestFieldsAreCollected(t *testing.T) {
	var f Fields
	if f.Err() != nil {
		t.Fatal("no field, yet an error")
	}
	f.Add("name", "person.fault.nameMissing")
	if err := f.AddError("plastic", Invalid.With("lang.fault.weight")); err != nil {
		t.Fatal(err)
	}
	if err := f.AddError("glass", io.EOF); !errors.Is(err, io.EOF) {
		t.Errorf("an internal error became a message: %v", err)
	}
	e, ok := errors.AsType[*Error](f.Err())
	if !ok || e.Kind != Invalid || len(e.Fields) != 2 || e.Fields[1].Name != "plastic" {
		t.Errorf("got %+v", e)
	}
}
