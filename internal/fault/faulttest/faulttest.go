// Package faulttest looks into faults, for the tests of those who return them.
package faulttest

import (
	"errors"
	"testing"

	"sachhon/internal/fault"
)

// Is fails the test unless err is a fault of the kind, with the key when one is given.
func Is(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

// Fields returns the inputs that a fault is about in their order, each as "name key".
func Fields(err error) []string {
	var fields []string
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for _, field := range f.Fields {
			fields = append(fields, field.Name+" "+field.Key)
		}
	}
	return fields
}

// Keys returns the message of each input that a fault is about; of several the last.
func Keys(err error) map[string]string {
	keys := map[string]string{}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for _, field := range f.Fields {
			keys[field.Name] = field.Key
		}
	}
	return keys
}
