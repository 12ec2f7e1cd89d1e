package config

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// Print writes the effective values as a file that NewSource reads back; secrets are only said to be set, so their
// lines are comments.
func Print(w io.Writer, flags []*kong.Flag) error {
	for _, f := range flags {
		if len(f.Envs) == 0 {
			continue // belongs to the command, not to the configuration
		}
		line := f.Name + " = " + value(f.Target.Interface())
		switch {
		case f.Tag.Get("secret") != "true":
		case f.Target.IsZero():
			line = "# " + f.Name + ": secret, not set"
		default:
			line = "# " + f.Name + ": secret, set"
		}
		if _, err := fmt.Fprintf(w, "# %s (%s)\n%s\n\n", f.Help, f.Envs[0], line); err != nil {
			return err
		}
	}
	return nil
}

// value writes a setting as TOML; numbers and durations are texts there too.
func value(v any) string {
	list, ok := v.([]string)
	if !ok {
		return strconv.Quote(fmt.Sprint(v))
	}
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = strconv.Quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
