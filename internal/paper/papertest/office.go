package papertest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
	"sachhon/internal/testkit/program"
)

// Office turns DOCX or XLSX files, by their names, into PDF with LibreOffice. It sets them in our own fonts, which have
// the widths of Times New Roman and Arial, whatever the machine has.
func Office(t testing.TB, files map[string][]byte) map[string][]byte {
	t.Helper()
	tool := program.Need(t, "soffice", "libreoffice-writer-nogui")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name, file := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.Command(tool, args...)
	cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+fonts(t, filepath.Join(dir, "fonts")))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	pdfs := map[string][]byte{}
	for name := range files {
		pdf, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		pdfs[name] = pdf
	}
	return pdfs
}

// fonts writes the font files and a configuration that knows no others.
func fonts(t testing.TB, dir string) string {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		style := font.Style{Face: []paper.Face{paper.Serif, paper.Sans}[i/4], Bold: i&1 > 0, Italic: i&2 > 0}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".ttf")), style.TTF(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	alias := `<alias binding="same"><family>%s</family><prefer><family>%s</family></prefer></alias>`
	text := `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>` + dir + `</dir><cachedir>` + dir + `/cache</cachedir>` +
		fmt.Sprintf(alias, "Times New Roman", "Liberation Serif") + fmt.Sprintf(alias, "Arial", "Liberation Sans") + `</fontconfig>`
	path := filepath.Join(dir, "fonts.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
