package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// Source finds the values of flags that were not given: in the environment (NAME, or NAME_FILE for a file that holds
// the value, as secrets are handed to containers), else in a TOML file whose keys are the flags' names. A value that
// cannot be read is noted and replaced by the default, so that all faults are told at once.
type Source struct {
	environ func(string) (string, bool)
	file    string
	values  map[string]any
	faults  []error
}

// NewSource reads the file, when one is named.
func NewSource(environ func(string) (string, bool), file string) *Source {
	s := &Source{environ: environ, file: file}
	if file == "" {
		return s
	}
	if _, err := toml.DecodeFile(file, &s.values); err != nil {
		s.fault(file, err)
	}
	return s
}

func (s *Source) fault(where string, err error) {
	fault := fmt.Errorf("%s: %w", where, err)
	for _, f := range s.faults { // kong resolves a flag once for each command it belongs to
		if f.Error() == fault.Error() {
			return
		}
	}
	s.faults = append(s.faults, fault)
}

// Check returns everything that is wrong: with the environment, the file, and the configuration as it was read from
// them. parsed is what kong said; it stops at the first fault, so it only counts when nothing else is known.
func (s *Source) Check(c Config, flags []*kong.Flag, parsed error) error {
	faults := slices.Clone(s.faults)
	for _, key := range slices.Sorted(maps.Keys(s.values)) {
		if !slices.ContainsFunc(flags, func(f *kong.Flag) bool { return f.Name == key }) {
			faults = append(faults, fmt.Errorf("%s: there is no setting %q", s.file, key))
		}
	}
	if all := errors.Join(append(faults, c.Validate())...); all != nil {
		return all
	}
	return parsed
}

// Validate implements kong.Resolver; what is wrong is told by Check.
func (s *Source) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver.
func (s *Source) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	where, value, err := s.find(flag)
	if err == nil && value != nil {
		trial := reflect.New(flag.Target.Type()).Elem()
		err = flag.Parse(kong.Scan().PushTyped(value, kong.FlagValueToken), trial)
	}
	if err != nil {
		s.fault(where, err)
		if flag.HasDefault {
			return flag.Default, nil
		}
		return nil, nil
	}
	return value, nil
}

// find returns the value of a flag and where it stands.
func (s *Source) find(flag *kong.Flag) (where string, value any, err error) {
	fromFile, inFile := s.values[flag.Name]
	for _, name := range flag.Envs {
		if v, ok := s.environ(name); ok {
			return name, v, nil
		}
		if path, ok := s.environ(name + "_FILE"); ok {
			text, err := os.ReadFile(path)
			return name + "_FILE", strings.TrimRight(string(text), "\r\n"), err
		}
	}
	if !inFile {
		return "", nil, nil
	}
	where = s.file + ": " + flag.Name
	switch v := fromFile.(type) {
	case string:
		return where, v, nil
	case []any:
		parts := make([]string, len(v))
		for i, p := range v {
			parts[i] = fmt.Sprint(p)
		}
		return where, strings.Join(parts, ","), nil
	case bool, int64, float64:
		return where, fmt.Sprint(v), nil
	}
	return where, nil, fmt.Errorf("want a text, number or list, not %T", fromFile)
}
