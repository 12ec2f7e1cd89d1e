package config

import (
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// Print writes the effective values as a file that NewSource reads back; secrets are only said to be set.
func Print(w io.Writer, flags []*kong.Flag) error {
	for _, f := range flags {
		if len(f.Envs) == 0 {
			continue // belongs to the command, not to the configuration
		}
		value := fmt.Sprintf("%q", fmt.Sprint(f.Target.Interface()))
		switch {
		case f.Tag.Get("secret") != "true":
		case f.Target.IsZero():
			value = `"" # secret, not set`
		default:
			value = `"…" # secret, set`
		}
		if _, err := fmt.Fprintf(w, "# %s (%s)\n%s = %s\n\n", f.Help, f.Envs[0], f.Name, value); err != nil {
			return err
		}
	}
	return nil
}
