package carry

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/exchange"
)

// Gateway speaks with the HTTP interface of a provincial gateway (LGSP) or of another installation of ours:
//
//	POST /v1/sendEdoc              multipart: edocFile, messageType edoc or status
//	GET  /v1/getReceivedEdocList   servicetype=eDoc, messagetype=edoc or status
//	GET  /v1/getEdoc               docId
//	POST /v1/updateStatus          {"docId", "status"}: done or fail, so that it is not listed again
//
// each with the headers X-SystemId and X-SecretKey. This is the place for the API of the national axis: what is known of it
// in public is its calls and error codes, not its addresses and sign-in; a province that asks for a token besides needs
// it added in authorise. docs/exchange.md lists what is certain. The tests run it against a small server of ours.
type Gateway struct {
	base     string
	id       string
	secret   exchange.Secret
	polls    bool
	maxBytes int
	client   *http.Client
}

// NewGateway returns the way to a partner.
func NewGateway(p exchange.Partner, maxBytes int) *Gateway {
	return &Gateway{
		base: strings.TrimRight(p.URL, "/"), id: p.SystemID, secret: p.Secret, polls: p.Way == exchange.ByAxis, maxBytes: maxBytes,
		client: &http.Client{
			Timeout: 2 * time.Minute,
			CheckRedirect: func(*http.Request, []*http.Request) error { // the secret goes nowhere else
				return http.ErrUseLastResponse
			},
		},
	}
}

// answer is what a gateway says. Some put the code into "data", some beside it; some write numbers as texts.
type answer struct {
	Success   *bool           `json:"success"`
	Status    string          `json:"status"`
	Message   string          `json:"message"`
	DocID     string          `json:"docId"`
	ErrorCode json.RawMessage `json:"errorCode"`
	ErrorDesc string          `json:"errorDesc"`
	Data      json.RawMessage `json:"data"`
}

// Send implements exchange.Transport.
func (g *Gateway) Send(ctx context.Context, p exchange.Parcel) (string, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	header := textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="edocFile"; filename="` + p.Name + `"`}, "Content-Type": {"application/xml"},
	}
	file, err := form.CreatePart(header)
	if err != nil {
		return "", err
	}
	if _, err := file.Write(p.Body); err != nil {
		return "", err
	}
	if err := errors.Join(form.WriteField("messageType", messageType(p.Kind)), form.Close()); err != nil {
		return "", err
	}
	a, err := g.call(ctx, http.MethodPost, "/v1/sendEdoc", form.FormDataContentType(), &body)
	if err != nil {
		return "", err
	}
	var inner answer
	_ = json.Unmarshal(a.Data, &inner) // absent in some
	if a.DocID != "" {
		return a.DocID, nil
	}
	return inner.DocID, nil
}

func messageType(k exchange.Kind) string {
	if k == exchange.ReportKind {
		return "status"
	}
	return "edoc"
}

// listed is one line of what waits at a gateway.
type listed struct {
	DocID  string `json:"docId"`
	ID     string `json:"id"`
	Status string `json:"status"`
}

// Fetch implements exchange.Transport; a partner that posts to us is not asked.
func (g *Gateway) Fetch(ctx context.Context, accept func(ctx context.Context, body []byte) (exchange.Answer, error)) error {
	if !g.polls {
		return nil
	}
	var errs []error
	for _, kind := range []string{"edoc", "status"} {
		a, err := g.call(ctx, http.MethodGet, "/v1/getReceivedEdocList?servicetype=eDoc&messagetype="+kind, "", nil)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		var list []listed
		if err := json.Unmarshal(orNull(a.Data), &list); err != nil {
			errs = append(errs, fmt.Errorf("gateway: the list of %s: %w", kind, err))
			continue
		}
		for _, l := range list {
			id := first(l.DocID, l.ID)
			if id == "" || l.Status == "done" || l.Status == "fail" {
				continue
			}
			if err := g.fetch(ctx, id, accept); err != nil {
				errs = append(errs, fmt.Errorf("gateway: %.100s: %w", id, err))
			}
			if ctx.Err() != nil {
				return errors.Join(append(errs, ctx.Err())...)
			}
		}
	}
	return errors.Join(errs...)
}

func (g *Gateway) fetch(ctx context.Context, id string, accept func(ctx context.Context, body []byte) (exchange.Answer, error)) error {
	a, err := g.call(ctx, http.MethodGet, "/v1/getEdoc?docId="+url.QueryEscape(id), "", nil)
	if err != nil {
		return err
	}
	var doc struct {
		Edxml string `json:"edxml"`
	}
	if err := json.Unmarshal(orNull(a.Data), &doc); err != nil {
		return fmt.Errorf("gateway: no package in the answer: %w", err)
	}
	if doc.Edxml == "" {
		return errors.New("gateway: no package in the answer")
	}
	body := []byte(doc.Edxml)
	if !strings.Contains(doc.Edxml, "<") { // in base64, where it is not put there as text
		if raw, err := base64.StdEncoding.DecodeString(doc.Edxml); err == nil {
			body = raw
		}
	}
	got, err := accept(ctx, body)
	if err != nil {
		return err
	}
	status := "done"
	if got.Code != exchange.OK {
		status = "fail"
	}
	note, err := json.Marshal(map[string]string{"docId": id, "status": status})
	if err != nil {
		return err
	}
	_, err = g.call(ctx, http.MethodPost, "/v1/updateStatus", "application/json", bytes.NewReader(note))
	return err
}

// call asks the gateway and returns its answer when it says that all went well.
func (g *Gateway) call(ctx context.Context, method, path, contentType string, body io.Reader) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, g.base+path, body)
	if err != nil {
		return answer{}, fmt.Errorf("gateway: %w", err)
	}
	g.authorise(r)
	r.Header.Set("Accept", "application/json")
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w, err := g.client.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("gateway: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(w.Body, 2*int64(g.maxBytes)+1<<20)) // a package as a JSON text
	if err := errors.Join(err, w.Body.Close()); err != nil {
		return answer{}, fmt.Errorf("gateway: half an answer: %w", err)
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return answer{}, fmt.Errorf("gateway: status %d, and the answer is no JSON", w.StatusCode)
	}
	code := a.code()
	if code != exchange.OK {
		var inner answer
		_ = json.Unmarshal(a.Data, &inner) // absent in some
		return a, &exchange.Refusal{Code: code, Text: fmt.Sprintf("%d %s", code, first(a.ErrorDesc, inner.ErrorDesc, a.Message))}
	}
	if w.StatusCode/100 != 2 {
		return a, fmt.Errorf("gateway: status %d", w.StatusCode)
	}
	return a, nil
}

// authorise says who asks.
func (g *Gateway) authorise(r *http.Request) {
	r.Header.Set("X-SystemId", g.id)
	r.Header.Set("X-SecretKey", string(g.secret))
}

// code finds the error code wherever a gateway puts it. A failure without one may be tried again.
func (a answer) code() exchange.Code {
	var inner answer
	_ = json.Unmarshal(a.Data, &inner) // a list, or absent, in some
	for _, raw := range []json.RawMessage{a.ErrorCode, inner.ErrorCode} {
		if n, err := strconv.Atoi(strings.Trim(string(raw), `" `)); err == nil && n != 0 {
			return exchange.Code(n)
		}
	}
	failed := a.Success != nil && !*a.Success || strings.EqualFold(a.Status, "FAIL") || strings.EqualFold(a.Status, "ERROR")
	if failed {
		return exchange.SystemFault
	}
	return exchange.OK
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func orNull(data json.RawMessage) json.RawMessage {
	if len(data) == 0 {
		return json.RawMessage("null")
	}
	return data
}
