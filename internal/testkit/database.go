package testkit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/testkit/pgcluster"
)

// Begin is when the clock of a test starts: the morning of the letter that began it all.
var Begin = time.Date(2024, time.June, 6, 8, 0, 0, 0, clock.Zone)

// EachEngine runs f as a sub-test on SQLite and on PostgreSQL, each with an empty, migrated database of its own.
func EachEngine(t *testing.T, f func(t *testing.T, db *database.DB, clk *clock.Set)) {
	t.Helper()
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			clk := clock.NewSet(Begin)
			f(t, DB(t, engine, clk), clk)
		})
	}
}

// DB returns an empty, migrated database that is closed and removed with the test.
func DB(tb testing.TB, engine database.Engine, clk clock.Clock) *database.DB {
	tb.Helper()
	db, err := database.Open(tb.Context(), database.Config{URL: URL(tb, engine)}, clk)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Errorf("close the database: %v", err)
		}
	})
	return db
}

// URL returns where an empty, migrated database of the engine lies that is removed with the test.
func URL(tb testing.TB, engine database.Engine) string {
	tb.Helper()
	if engine == database.SQLite {
		file := filepath.Join(tb.TempDir(), "test.db")
		copyFile(tb, sqliteTemplate(tb), file)
		return "sqlite:" + file
	}
	return postgresCopy(tb)
}

// Seeded returns a generator that makes the same identifiers in every run of a test.
func Seeded(clk clock.Clock, seed byte) *ident.Generator {
	return ident.NewSeeded(clk, newChaCha(seed))
}

// migrate prepares an empty database as the server would.
func migrate(ctx context.Context, url string) error {
	db, err := database.Open(ctx, database.Config{URL: url}, clock.System{})
	if err != nil {
		return err
	}
	if err := prepare(ctx, db); err != nil {
		_ = db.Close() // the first error says more
		return err
	}
	return db.Close()
}

var template struct {
	once sync.Once
	file string
	err  error
}

// sqliteTemplate migrates one file for each schema, which all test processes share; copying it takes a fraction of
// migrating again. It is made beside its place and renamed, so that no process sees half of it.
func sqliteTemplate(tb testing.TB) string {
	tb.Helper()
	template.once.Do(func() {
		sum := sha256.New()
		if template.err = hashMigrations(sum); template.err != nil {
			return
		}
		template.file = filepath.Join(os.TempDir(), fmt.Sprintf("sachhon-template-%x.db", sum.Sum(nil)[:6]))
		if _, err := os.Stat(template.file); err == nil {
			return
		}
		var dir string
		if dir, template.err = os.MkdirTemp("", "sachhon-template-"); template.err != nil {
			return
		}
		defer os.RemoveAll(dir)
		made := filepath.Join(dir, "template.db")
		if template.err = migrate(context.Background(), "sqlite:"+made); template.err == nil {
			template.err = os.Rename(made, template.file)
		}
	})
	if template.err != nil {
		tb.Fatalf("migrate the SQLite template: %v", template.err)
	}
	return template.file
}

func copyFile(tb testing.TB, from, to string) {
	tb.Helper()
	src, err := os.Open(from)
	if err != nil {
		tb.Fatal(err)
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := io.Copy(dst, src); err != nil {
		tb.Fatal(err)
	}
	if err := dst.Close(); err != nil {
		tb.Fatal(err)
	}
}

var server struct {
	once     sync.Once
	url      *url.URL
	template string
	cluster  *pgcluster.Cluster // held: once it is collected as garbage its pipe closes and the server ends
	err      error
}

// postgres returns the server for tests (TEST_DATABASE_URL, else a private cluster) and the name of a migrated
// database there, made once for each schema.
func postgres(tb testing.TB) (*url.URL, string) {
	tb.Helper()
	server.once.Do(func() {
		address := os.Getenv("TEST_DATABASE_URL")
		if address == "" {
			cluster, err := pgcluster.Start()
			if err != nil {
				server.err = err
				return
			}
			address = cluster.URL // it ends with this process
			server.cluster = cluster
		}
		if server.url, server.err = url.Parse(address); server.err != nil {
			return
		}
		server.template, server.err = postgresTemplate(context.Background(), server.url)
	})
	if server.err != nil {
		tb.Fatalf("PostgreSQL for the tests: %v", server.err)
	}
	return server.url, server.template
}

func postgresTemplate(ctx context.Context, address *url.URL) (string, error) {
	sum := sha256.New()
	if err := hashMigrations(sum); err != nil {
		return "", err
	}
	name := fmt.Sprintf("sachhon_template_%x", sum.Sum(nil)[:6])
	conn, err := pgx.Connect(ctx, address.String())
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	// Packages are tested in parallel processes: one makes the template, the others wait for it.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(1903)"); err != nil {
		return "", err
	}
	var ready bool
	if err := conn.QueryRow(ctx, "SELECT count(*) = 1 FROM pg_database WHERE datname = $1 AND datistemplate", name).Scan(&ready); err != nil {
		return "", err
	}
	if ready {
		return name, nil
	}
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name); err != nil {
		return "", err
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	target := *address
	target.Path = "/" + name
	if err := migrate(ctx, target.String()); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true")
	return name, err
}

// hashMigrations reads the migrations that this program carries, so that a changed schema gets a new template. The
// files in the tree may be newer than the program.
func hashMigrations(w io.Writer) error {
	files := database.Migrations()
	return fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s %d\n%s", path, len(text), text)
		return err
	})
}

func postgresCopy(tb testing.TB) string {
	tb.Helper()
	address, from := postgres(tb)
	name := "test_" + string(ident.NewGenerator(clock.System{}).New())
	admin := func(query string) {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, address.String())
		if err != nil {
			tb.Fatal(err)
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, query); err != nil {
			tb.Fatalf("%s: %v", query, err)
		}
	}
	admin(fmt.Sprintf(`CREATE DATABASE "%s" TEMPLATE %s`, name, from))
	tb.Cleanup(func() { admin(fmt.Sprintf(`DROP DATABASE "%s" WITH (FORCE)`, name)) })
	target := *address
	target.Path = "/" + name
	return target.String()
}
