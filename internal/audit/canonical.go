package audit

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// maxEntry is the most bytes of an entry: tiles give its length in 16 bits.
const maxEntry = 1<<16 - 1

// encode returns v as compact JSON. The text is stored and hashed as it is, never encoded again.
func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte{'\n'})), nil
}

// Bytes is what is hashed and published of a record: one JSON object with its keys in this order and without spaces.
func (r Record) Bytes() []byte {
	b := make([]byte, 0, 256+len(r.Before)+len(r.After))
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, r.Seq, 10)
	b = append(b, `,"at":"`...)
	b = r.At.UTC().AppendFormat(b, time.RFC3339Nano)
	b = append(b, '"')
	for _, field := range []struct{ name, value string }{
		{"actor", string(r.Actor)},
		{"action", r.Action},
		{"kind", r.Kind},
		{"object", string(r.Object)},
		{"challenge", string(r.Challenge)},
	} {
		b = append(b, `,"`+field.name+`":`...)
		b = appendString(b, field.value)
	}
	b = append(b, `,"before":`...)
	b = append(b, r.Before...)
	b = append(b, `,"after":`...)
	b = append(b, r.After...)
	return append(b, '}')
}

func appendString(b []byte, s string) []byte {
	text, err := encode(s)
	if err != nil {
		panic("audit: a string that is no JSON: " + err.Error()) // encoding/json takes every string
	}
	return append(b, text...)
}
