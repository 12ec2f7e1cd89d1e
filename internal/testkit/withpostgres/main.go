// Command withpostgres runs a command with TEST_DATABASE_URL set to a private PostgreSQL that lives as long as the
// command, unless the variable is set already.
//
//	go run ./internal/testkit/withpostgres go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"sachhon/internal/testkit/pgcluster"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if len(args) == 0 {
		return 2, errors.New("usage: withpostgres COMMAND [ARG …]")
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	if os.Getenv("TEST_DATABASE_URL") == "" {
		cluster, err := pgcluster.Start()
		if err != nil {
			return 1, err
		}
		defer func() { err = errors.Join(err, cluster.Stop()) }()
		cmd.Env = append(cmd.Env, "TEST_DATABASE_URL="+cluster.URL)
	}
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), nil // the command has said what was wrong
	}
	return 0, err
}
