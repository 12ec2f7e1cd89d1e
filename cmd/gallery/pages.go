package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"sachhon/internal/lang"
	"sachhon/internal/web/account"
	"sachhon/internal/web/asset"
	"sachhon/internal/web/board"
	"sachhon/internal/web/entrants"
	"sachhon/internal/web/office"
	"sachhon/internal/web/portal"
	"sachhon/internal/web/publicity"
	"sachhon/internal/web/reporting"
	"sachhon/internal/web/ui/gallery"
	"sachhon/internal/web/units"
)

// samples are the components and then the pages, package by package.
func samples() []gallery.Sample {
	return slices.Concat(gallery.Components(), portal.Samples(), account.Samples(), entrants.Samples(),
		units.Samples(), office.Samples(), publicity.Samples(), reporting.Samples(), board.Samples())
}

// policy is the content security policy that the server sends too: a sample that needs more is wrong.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

func newHandler(samples []gallery.Sample) (http.Handler, error) {
	assets, err := asset.Handler()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+asset.Prefix, assets)
	mux.HandleFunc("GET /sample/{name}", func(w http.ResponseWriter, r *http.Request) {
		body, ok := samplePhoto(r.PathValue("name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write(body)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(index(samples))
	})
	for _, code := range lang.Languages {
		for _, s := range samples {
			mux.HandleFunc("GET /"+address(code, s), func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Header().Set("Content-Security-Policy", policy)
				if err := s.Page(speak(r.Context(), code)).Render(speak(r.Context(), code), w); err != nil {
					http.Error(w, err.Error(), http.StatusInternalServerError)
				}
			})
		}
	}
	return mux, nil
}

func speak(ctx context.Context, code string) context.Context { return lang.With(ctx, lang.New(code)) }

func address(code string, s gallery.Sample) string { return code + "/" + s.Name + ".html" }

// index lists the samples; it is not itself a sample and stays plain.
func index(samples []gallery.Sample) []byte {
	page := "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Gallery</title></head><body><h1>Gallery</h1><ul>\n"
	for _, s := range samples {
		page += "<li>" + s.Name
		for _, code := range lang.Languages {
			page += fmt.Sprintf(` <a href="/%s">%s</a>`, address(code, s), code)
		}
		page += "</li>\n"
	}
	return []byte(page + "</ul></body></html>\n")
}

// export writes the pages, the assets under their addresses, and the sample photos.
func export(ctx context.Context, dir string, samples []gallery.Sample) error {
	for _, code := range lang.Languages {
		for _, s := range samples {
			if err := exportPage(speak(ctx, code), filepath.Join(dir, address(code, s)), s); err != nil {
				return err
			}
		}
	}
	for _, name := range photoNames {
		body, _ := samplePhoto(name)
		if err := write(filepath.Join(dir, "sample", name), body); err != nil {
			return err
		}
	}
	return exportAssets(filepath.Join(dir, filepath.FromSlash(asset.Prefix)))
}

func exportPage(ctx context.Context, name string, s gallery.Sample) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := s.Page(ctx).Render(ctx, f); err != nil {
		_ = f.Close()
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	return f.Close()
}

func exportAssets(dir string) error {
	return fs.WalkDir(asset.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(asset.Files(), name)
		if err != nil {
			return err
		}
		return write(filepath.Join(dir, name), body)
	})
}

func write(name string, body []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, body, 0o644)
}
