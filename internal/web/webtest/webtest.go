// Package webtest drives the pages of an audience over the real router and middleware, with people instead of
// sessions: a test says who asks, and reads what a browser would.
package webtest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
	"time"

	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// baseURL is where the site of a test believes to be.
const baseURL = "http://sachhon.test"

// Client sends requests to a site of its own.
type Client struct {
	tb    testing.TB
	site  http.Handler
	actor *person.Actor
	log   *bytes.Buffer
}

// New returns a client of a site with the pages that register adds. Nobody is signed in.
func New(tb testing.TB, register func(*web.Site)) *Client {
	tb.Helper()
	c := &Client{tb: tb, log: &bytes.Buffer{}}
	config := web.Config{Listen: "127.0.0.1:0", BaseURL: baseURL, Timeout: 30 * time.Second, Grace: time.Second}
	site, err := web.NewSite(config, slog.New(slog.NewTextHandler(c.log, nil)), c, bare{})
	if err != nil {
		tb.Fatal(err)
	}
	register(site)
	if c.site, err = site.Handler(); err != nil {
		tb.Fatal(err)
	}
	return c
}

// bare adds nothing to the frame.
type bare struct{}

// Fill implements web.Frame.
func (bare) Fill(context.Context, web.Visitor, *ui.Page) {}

// Visitor implements web.Sessions: every token is the one actor's.
func (c *Client) Visitor(context.Context, string) (web.Visitor, error) {
	if c.actor == nil {
		return web.Visitor{}, nil
	}
	return web.Visitor{Actor: *c.actor, Name: "Người thử"}, nil
}

// As returns the client for the requests of somebody else.
func (c *Client) As(actor person.Actor) *Client {
	c.actor = &actor
	return c
}

// Answer is what came back.
type Answer struct {
	Status   int
	Body     string
	Header   http.Header
	Location string
}

// Do sends a request.
func (c *Client) Do(r *http.Request) Answer {
	c.tb.Helper()
	r.AddCookie(&http.Cookie{Name: "sachhon", Value: "token"})
	w := httptest.NewRecorder()
	c.site.ServeHTTP(w, r)
	if w.Code == http.StatusInternalServerError {
		c.tb.Fatalf("%s %s: %s", r.Method, r.URL, c.log)
	}
	return Answer{Status: w.Code, Body: w.Body.String(), Header: w.Header(), Location: w.Header().Get("Location")}
}

// Get asks for a page.
func (c *Client) Get(path string) Answer {
	c.tb.Helper()
	return c.Do(httptest.NewRequest(http.MethodGet, baseURL+path, nil))
}

// Post sends a form without files.
func (c *Client) Post(path string, values url.Values) Answer {
	c.tb.Helper()
	r := httptest.NewRequest(http.MethodPost, baseURL+path, bytes.NewBufferString(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.Do(r)
}

// File is a file in a form.
type File struct {
	Input, Name string
	Body        []byte
}

// PostFiles sends a form as a browser without script does: fields, then files.
func (c *Client) PostFiles(path string, values url.Values, files ...File) Answer {
	c.tb.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, all := range values {
		for _, value := range all {
			c.must(w.WriteField(name, value))
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Input, f.Name)
		c.must(err)
		_, err = part.Write(f.Body)
		c.must(err)
	}
	c.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, baseURL+path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return c.Do(r)
}

// Put sends one file as the script does, with headers as name, value pairs.
func (c *Client) Put(path string, body io.Reader, headers ...string) Answer {
	c.tb.Helper()
	r := httptest.NewRequest(http.MethodPut, baseURL+path, body)
	r.Header.Set("Accept", "application/json, application/problem+json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return c.Do(r)
}

func (c *Client) must(err error) {
	c.tb.Helper()
	if err != nil {
		c.tb.Fatal(err)
	}
}

var input = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// Hidden returns the hidden inputs of a page: what its form sends along.
func (a Answer) Hidden() url.Values {
	values := url.Values{}
	for _, found := range input.FindAllStringSubmatch(a.Body, -1) {
		if !values.Has(found[1]) {
			values.Set(found[1], found[2])
		}
	}
	return values
}
