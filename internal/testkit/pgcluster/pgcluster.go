package pgcluster

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"
)

// Cluster is a running PostgreSQL with one superuser and no password, reachable on this machine only.
type Cluster struct {
	URL  string // of the database "postgres"
	stop func() error
}

// Stop ends the server and removes its files.
func (c *Cluster) Stop() error { return c.stop() }

// Start makes and starts a cluster. When the binaries are missing and this is root on Debian, it installs them.
func Start() (*Cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "sachhon-postgres-")
	if err != nil {
		return nil, err
	}
	runAs, err := account(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = runAs, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// The shell waits for its input to end, which happens when this process stops it or dies; then it ends the
	// server and clears away. Nothing here needs to survive a power cut, hence fsync=off.
	script := `"$0" -D "$1" -p "$2" -k "$3" -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
		-c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=512MB >"$3/log" 2>&1 &
server=$!; read -r _; kill -INT $server; wait $server; cd /; rm -rf "$3"`
	shell := exec.Command("sh", "-c", script, filepath.Join(bin, "postgres"), data, strconv.Itoa(port), dir)
	shell.SysProcAttr, shell.Dir = runAs, dir
	input, err := shell.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := shell.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c := &Cluster{
		URL: fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port),
		stop: func() error {
			return errors.Join(input.Close(), shell.Wait(), os.RemoveAll(dir))
		},
	}
	if err := waitReady(bin, port, runAs, dir); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("%w\n%s", err, log), c.stop())
	}
	return c, nil
}

func waitReady(bin string, port int, runAs *syscall.SysProcAttr, dir string) error {
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		ready := exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "postgres")
		ready.SysProcAttr, ready.Dir = runAs, dir
		if ready.Run() == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return errors.New("postgres did not answer within a minute")
		}
	}
}

// binaries finds the folder with initdb and postgres, newest version first.
func binaries() (string, error) {
	if dir := find(); dir != "" {
		return dir, nil
	}
	if _, err := exec.LookPath("apt-get"); err == nil && os.Geteuid() == 0 {
		fmt.Fprintln(os.Stderr, "testkit: installing Debian's postgresql for the tests …")
		install := exec.Command("sh", "-c", "apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql")
		install.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := install.CombinedOutput(); err != nil {
			return "", fmt.Errorf("install postgresql: %w\n%s", err, bytes.TrimSpace(out))
		}
		if dir := find(); dir != "" {
			return dir, nil
		}
	}
	return "", errors.New("no PostgreSQL found: install Debian's package postgresql, put initdb on the PATH, or set TEST_DATABASE_URL")
}

func find() string {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(initdb); err == nil {
			return filepath.Dir(real)
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql*/bin/initdb"} {
		found, _ := filepath.Glob(pattern)
		sort.Strings(found)
		if len(found) > 0 {
			return filepath.Dir(found[len(found)-1])
		}
	}
	return ""
}

// account makes dir belong to whom the server runs as: PostgreSQL refuses root, so root becomes "postgres".
func account(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{
		Setpgid:    true, // a Ctrl-C for the tests must not reach the server first
		Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)},
	}, os.Chown(dir, uid, gid)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
