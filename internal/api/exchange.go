package api

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/web"
)

// exchangePath is where another document system posts its packages, in the shape of the gateways (LGSP): whoever can
// send there can send here. docs/exchange.md describes it.
const exchangePath = "/api/exchange/v1/sendEdoc"

func (a *api) registerExchange() {
	if a.Exchange == nil {
		return
	}
	a.site.Handle("POST "+exchangePath, web.Public, a.sendEdoc, web.Upload(int64(a.Exchange.MaxBytes())+1<<20))
}

// edocAnswer is what a gateway answers: "success" and "message" for people, the code in "data".
type edocAnswer struct {
	Success bool     `json:"success"`
	Message string   `json:"message"`
	DocID   string   `json:"docId,omitempty"` // under which the package is kept here
	Data    edocData `json:"data"`
}

type edocData struct {
	DocID     string `json:"docId,omitempty"`
	Status    string `json:"status"` // OK or FAIL
	ErrorCode int    `json:"errorCode"`
	ErrorDesc string `json:"errorDesc"`
}

// statusOf is the HTTP status beside a code.
var statusOf = map[exchange.Code]int{
	exchange.OK: http.StatusOK, exchange.BadFile: http.StatusUnprocessableEntity, exchange.BadSecret: http.StatusUnauthorized,
	exchange.UnknownReceiver: http.StatusNotFound, exchange.UnknownSender: http.StatusForbidden, exchange.SystemFault: http.StatusServiceUnavailable,
	exchange.Unprocessed: http.StatusUnprocessableEntity, exchange.NotConforming: http.StatusUnprocessableEntity, exchange.ReceiverLocked: http.StatusConflict,
}

// sendEdoc takes a package. It is answered with OK only when the package is kept, and the same package again likewise.
func (a *api) sendEdoc(w http.ResponseWriter, r *http.Request) error {
	partner, ok := a.Exchange.Partner(r.Header.Get("X-SystemId"), r.Header.Get("X-SecretKey"))
	if !ok {
		return answerEdoc(w, r, exchange.Answer{Code: exchange.BadSecret})
	}
	body, err := edocOf(r, a.Exchange.MaxBytes())
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return answerEdoc(w, r, exchange.Answer{Code: exchange.BadFile, Fault: f})
	}
	if err != nil {
		return err
	}
	answer, err := a.Exchange.Accept(r.Context(), partner, body)
	if err != nil {
		return err // a problem with its ID; the partner sends it again
	}
	return answerEdoc(w, r, answer)
}

// edocOf returns the package of a request: the file of a form, or the whole body.
func edocOf(r *http.Request, limit int) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if !strings.HasPrefix(kind, "multipart/") {
		return upTo(r.Body, limit)
	}
	form, err := r.MultipartReader()
	if err != nil {
		return nil, fault.Malformed.With("exchange.fault.noFile").Because(err)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, fault.Malformed.With("exchange.fault.noFile")
		}
		if err != nil {
			return nil, broken(err)
		}
		if part.FileName() != "" || part.FormName() == "edocFile" {
			return upTo(part, limit)
		}
	}
}

func upTo(in io.Reader, limit int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	if err != nil {
		return nil, broken(err)
	}
	if len(body) > limit {
		return nil, fault.TooLarge.With("edxml.fault.large", "Limit", limit>>20)
	}
	return body, nil
}

// broken keeps what the server knows of a body that ended early or is too large.
func broken(err error) error {
	if fault.KindOf(err) != "" {
		return err
	}
	return fault.Interrupted.With("").Because(err)
}

func answerEdoc(w http.ResponseWriter, r *http.Request, a exchange.Answer) error {
	l := lang.From(r.Context())
	words := l.T(a.Code.Key())
	if a.Fault != nil {
		words += ": " + l.T(a.Fault.Key, a.Fault.Args...)
	}
	out := edocAnswer{Success: a.Code == exchange.OK, Message: words, DocID: string(a.Message.ID)}
	out.Data = edocData{DocID: out.DocID, Status: "OK", ErrorCode: int(a.Code)}
	if a.Code != exchange.OK {
		out.Data.Status, out.Data.ErrorDesc = "FAIL", words
	}
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(statusOf[a.Code])
	_, err = w.Write(body)
	return err
}
