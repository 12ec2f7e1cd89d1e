package database

import "testing"

func TestPoolSize(t *testing.T) {
	for target, want := range map[string]int32{
		"postgres://u@localhost/d":                                   poolConns,
		"postgres://u@localhost/d?sslmode=disable":                   poolConns,
		"postgres://u@localhost/d?pool_max_conns=4":                  4,
		"postgres://u@localhost/d?sslmode=disable&pool_max_conns=90": 90,
	} {
		config, err := postgresConfig(target)
		if err != nil || config.MaxConns != want {
			t.Errorf("%s: %+v, %v; want %d connections", target, config, err, want)
		}
	}
	if _, err := postgresConfig("postgres://u@localhost/d?pool_max_conns=none"); err == nil {
		t.Error("a size that is no number is taken")
	}
}
