package blob

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// TestMain lets the test binary also be the writer that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("BLOB_TEST_WRITE_TO"); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver adds blobs and prints the key of each one that was acknowledged.
func writeForEver(dir string) error {
	f, err := OpenFolder(dir)
	if err != nil {
		return err
	}
	random := rand.NewChaCha8([32]byte{1})
	for n := 0; ; n++ {
		data := make([]byte, 1+(n*7919)%300_000)
		if _, err := random.Read(data); err != nil {
			return err
		}
		d, _, err := Add(context.Background(), f, bytes.NewReader(data))
		if err != nil {
			return err
		}
		fmt.Println(d.Key())
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	for _, after := range []int{1, 5, 12} {
		dir := t.TempDir()
		writer := exec.Command(os.Args[0])
		writer.Env = append(os.Environ(), "BLOB_TEST_WRITE_TO="+dir)
		writer.Stderr = os.Stderr
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		var acknowledged []string
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			acknowledged = append(acknowledged, lines.Text())
			if len(acknowledged) == after {
				if err := writer.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := writer.Wait(); err == nil || len(acknowledged) < after {
			t.Fatalf("the writer ended by itself after %d blobs: %v", len(acknowledged), err)
		}
		f := openFolder(t, dir)
		for _, key := range acknowledged {
			if _, err := f.Stat(t.Context(), key); err != nil {
				t.Errorf("acknowledged, and lost: %v", err)
			}
		}
		for _, key := range keys(t, f, "") {
			r, _, err := f.Open(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			d, size, err := Sum(r)
			if err != nil || d.Key() != key {
				t.Errorf("%s holds %d other bytes, %v", key, size, err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
