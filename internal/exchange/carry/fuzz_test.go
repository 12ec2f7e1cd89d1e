package carry_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sachhon/internal/exchange"
	"sachhon/internal/exchange/carry"
)

// FuzzAnswers states what holds whatever the other side answers: nothing panics, a package that is handed on is not empty and no
// longer than one may be, each is told about to the other side once at most, and a refusal names a code.
func FuzzAnswers(f *testing.F) {
	for _, seed := range [][3]string{
		{`{"success":true,"data":[{"docId":"a1"}]}`, `{"data":{"edxml":"<edXML/>"}}`, `{"status":"OK"}`},
		{`{"data":[{"id":"7","status":"new"},{"id":"8","status":"done"},{}]}`, `{"data":{"edxml":"PGVkWE1MLz4="}}`, `{"errorCode":"0"}`},
		{`{"errorCode":"-3","errorDesc":"sai khóa"}`, `{"errorCode":12}`, `{"status":"FAIL"}`},
		{`{"data":{"errorCode":" 5 ","errorDesc":"x"}}`, `{"success":false}`, `null`},
		{`[]`, `{"data":"x"}`, `{`},
		{``, `{"data":{"edxml":""}}`, "\xff"},
		{`{"data":null}`, `{"data":{"edxml":1}}`, `{"errorCode":99999999999999999999}`},
		{`{"data":[{"docId":"a/../b?x=1&y#z"}]}`, `{"data":{"edxml":"không phải base64"}}`, `{"docId":"b2","data":{"docId":"b3"}}`},
	} {
		f.Add(seed[0], seed[1], seed[2], 200)
	}
	f.Add(`{"data":[{"docId":"a1"}]}`, `{"data":{"edxml":"<a/>"}}`, `{}`, 500)
	f.Fuzz(func(t *testing.T, list, document, other string, status int) {
		if status < 200 || status > 599 || status == http.StatusNoContent || status == http.StatusNotModified {
			t.Skip()
		}
		const most = 1000
		told, handed := 0, 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := other
			switch r.URL.Path {
			case "/v1/getReceivedEdocList":
				answer = list
			case "/v1/getEdoc":
				answer = document
			case "/v1/updateStatus":
				told++
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, answer)
		}))
		defer server.Close()
		way := carry.NewGateway(exchange.Partner{ID: "tinh", Way: exchange.ByAxis, URL: server.URL, SystemID: "chung-toi", Secret: "bí mật của chúng tôi"}, most)
		err := way.Fetch(t.Context(), func(_ context.Context, body []byte) (exchange.Answer, error) {
			if handed++; len(body) == 0 {
				t.Error("an empty package is handed on")
			}
			return exchange.Answer{}, nil
		})
		if told > handed || err == nil && told != handed {
			t.Errorf("%d packages, %d told about, %v", handed, told, err)
		}
		id, err := way.Send(t.Context(), exchange.Parcel{Name: "a.edxml", Body: []byte("<edXML/>")})
		if refused, ok := errors.AsType[*exchange.Refusal](err); ok && (refused.Code == exchange.OK || refused.Text == "") {
			t.Errorf("refused with %+v", refused)
		}
		if err != nil && id != "" {
			t.Errorf("sent as %q, and %v", id, err)
		}
		if err != nil && strings.Contains(err.Error(), "bí mật") {
			t.Errorf("the secret is told: %v", err)
		}
	})
}
