package unit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// The limits of one file. The whole country has some 10,000 communes.
const (
	MaxFileBytes  = 16 << 20
	MaxRows       = 20_000
	MaxNameLength = 200 // letters
	maxList       = 1_000
)

// RowFault is what is wrong with one row of a file, or with the file as a whole.
type RowFault struct {
	Line int    // where the row begins, counted from 1
	Code string // the row's code as far as it could be read
	Key  string // message key
	Args []any  // name, value pairs for the message
}

// Message says in words what is wrong.
func (f RowFault) Message(l *lang.Localizer) string { return l.T(f.Key, f.Args...) }

// row is one unit of a file, read and checked by itself.
type row struct {
	line           int
	unit           Unit
	area, superior string // codes, none when empty
}

// groupRow is one group of a file.
type groupRow struct {
	line  int
	group Group
}

// parser reads a file and notes every fault it meets.
type parser struct {
	data   []byte
	from   clock.Day // for rows that name no first day
	to     clock.Day
	rows   []row
	groups []groupRow
	faults []RowFault
	count  int

	counted, lines int // the line breaks before an offset
}

// parse reads the file. The faults say what is wrong with single rows, the error with the file as a whole.
func parse(r io.Reader, from, to clock.Day) (*parser, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("unit: read the file: %w", err)
	}
	if len(data) > MaxFileBytes {
		return nil, fault.TooLarge.With("unit.fault.fileSize", "Limit", MaxFileBytes>>20)
	}
	p := &parser{data: bytes.TrimPrefix(data, []byte("\ufeff")), from: from, to: to}
	if !utf8.Valid(p.data) {
		p.note(p.invalidByte(), "", "unit.fault.encoding")
		return p, nil
	}
	p.file()
	return p, nil
}

func (p *parser) note(offset int, code, key string, args ...any) {
	p.faults = append(p.faults, RowFault{Line: p.line(offset), Code: code, Key: key, Args: args})
}

// line counts on from where it counted last, since rows come in order.
func (p *parser) line(offset int) int {
	offset = min(max(offset, 0), len(p.data))
	if offset < p.counted {
		p.counted, p.lines = 0, 0
	}
	p.lines += bytes.Count(p.data[p.counted:offset], []byte("\n"))
	p.counted = offset
	return 1 + p.lines
}

func (p *parser) invalidByte() int {
	for i := 0; i < len(p.data); {
		r, size := utf8.DecodeRune(p.data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(p.data)
}

// file walks the outer object token by token, so that each row's place is known and one bad row does not hide the
// next. Broken JSON ends the reading: what follows cannot be told apart.
func (p *parser) file() {
	dec := json.NewDecoder(bytes.NewReader(p.data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		p.note(int(dec.InputOffset()), "", "unit.fault.notObject")
		return
	}
	for dec.More() {
		t, err := dec.Token()
		name, _ := t.(string)
		if err == nil {
			err = p.section(dec, name)
		}
		if err != nil {
			p.broken(dec, err)
			return
		}
	}
	if _, err := dec.Token(); err != nil {
		p.broken(dec, err)
		return
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		p.note(int(dec.InputOffset()), "", "unit.fault.trailing")
	}
}

// broken notes where the JSON stops making sense.
func (p *parser) broken(dec *json.Decoder, err error) {
	if errors.Is(err, errStop) {
		return
	}
	offset := int(dec.InputOffset())
	// A decoder counts from where it last began; reading the whole at once tells the place.
	if e, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(p.data, new(json.RawMessage))); ok {
		offset = int(e.Offset)
	}
	p.note(offset, "", "unit.fault.json")
}

// errStop ends the reading after its reason was noted.
var errStop = errors.New("unit: stop reading")

func (p *parser) section(dec *json.Decoder, name string) error {
	switch name {
	case "units":
		return p.array(dec, name, p.area)
	case "organisations":
		return p.array(dec, name, p.organisation)
	case "groups":
		return p.array(dec, name, p.group)
	case "as_of", "note":
		var skipped json.RawMessage
		return dec.Decode(&skipped)
	}
	p.note(int(dec.InputOffset()), "", "unit.fault.section", "Name", short(name))
	var skipped json.RawMessage
	return dec.Decode(&skipped)
}

func (p *parser) array(dec *json.Decoder, name string, element func(offset int, raw json.RawMessage)) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('[') {
		p.note(int(dec.InputOffset()), "", "unit.fault.notList", "Name", name)
		return errStop
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		offset := int(dec.InputOffset()) - len(raw)
		if p.count++; p.count > MaxRows {
			p.note(offset, "", "unit.fault.rows", "Limit", MaxRows)
			return errStop
		}
		element(offset, raw)
	}
	_, err := dec.Token()
	return err
}

// reference is a code that may be given, null, or left out.
type reference struct {
	given bool
	code  string
}

func (r *reference) UnmarshalJSON(b []byte) error {
	r.given = true
	if string(b) == "null" {
		return nil
	}
	return json.Unmarshal(b, &r.code)
}

// areaJSON is a row of "units", the shape of the State's lists. Columns that we have no use for are passed over.
type areaJSON struct {
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Type      string    `json:"type"`
	FullName  string    `json:"full_name"`
	Level     int       `json:"level"`
	Parent    reference `json:"parent"`
	Superior  reference `json:"superior"`
	Email     string    `json:"email"`
	ValidFrom string    `json:"valid_from"`
	ValidTo   string    `json:"valid_to"`
}

func (p *parser) area(offset int, raw json.RawMessage) {
	var in areaJSON
	if !p.decode(offset, raw, &in, false) {
		return
	}
	c := check{parser: p, offset: offset, code: short(in.Code)}
	u := Unit{Code: c.codeOf(in.Code), Name: c.name("name", in.Name), Level: in.Level}
	var ok bool
	if u.Kind, ok = areaKinds[nameKey(in.Type)]; !ok {
		c.note("unit.fault.type", "Type", short(in.Type))
	}
	if u.FullName = lang.Clean(in.Type) + " " + u.Name; in.FullName != "" {
		u.FullName = c.name("full_name", in.FullName)
	}
	if in.Level < 0 || in.Level > 9 {
		c.note("unit.fault.level")
	}
	if !in.Parent.given {
		c.note("unit.fault.parentMissing")
	}
	superior := in.Superior
	if !superior.given {
		superior = in.Parent
	}
	c.finish(u, in.Email, in.ValidFrom, in.ValidTo, in.Parent, superior)
}

// organisationJSON is a row of "organisations", a shape of ours; see docs/units.md.
type organisationJSON struct {
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	FullName  string    `json:"full_name"`
	Kind      Kind      `json:"kind"`
	Area      reference `json:"area"`
	Superior  reference `json:"superior"` // the area when left out, nobody we know when null
	Email     string    `json:"email"`
	ValidFrom string    `json:"valid_from"`
	ValidTo   string    `json:"valid_to"`
}

func (p *parser) organisation(offset int, raw json.RawMessage) {
	var in organisationJSON
	if !p.decode(offset, raw, &in, true) {
		return
	}
	c := check{parser: p, offset: offset, code: short(in.Code)}
	u := Unit{Code: c.codeOf(in.Code), Name: c.name("name", in.Name), Kind: in.Kind}
	if !in.Kind.known() || in.Kind.Area() {
		c.note("unit.fault.kind", "Kind", short(string(in.Kind)))
	}
	if u.FullName = u.Name; in.FullName != "" {
		u.FullName = c.name("full_name", in.FullName)
	}
	if in.Area.code == "" {
		c.note("unit.fault.areaMissing")
	}
	if !in.Superior.given {
		in.Superior = in.Area
	}
	c.finish(u, in.Email, in.ValidFrom, in.ValidTo, in.Area, in.Superior)
}

// groupJSON is a row of "groups"; see docs/units.md.
type groupJSON struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Owner   string   `json:"owner"`
	Members []string `json:"members"`
	Except  []string `json:"except"`
	Rules   []Rule   `json:"rules"`
}

func (p *parser) group(offset int, raw json.RawMessage) {
	var in groupJSON
	if !p.decode(offset, raw, &in, true) {
		return
	}
	c := check{parser: p, offset: offset, code: short(in.Code)}
	g := Group{
		Code: c.codeOf(in.Code), Name: c.name("name", in.Name), Owner: in.Owner,
		Members: in.Members, Except: in.Except, Rules: in.Rules,
	}
	for _, alias := range in.Aliases {
		g.Aliases = append(g.Aliases, c.name("aliases", alias))
	}
	if len(in.Members)+len(in.Rules) == 0 {
		c.note("unit.fault.groupEmpty")
	}
	if max(len(in.Aliases), len(in.Members), len(in.Except), len(in.Rules)) > maxList {
		c.note("unit.fault.groupSize", "Limit", maxList)
	}
	for i, rule := range in.Rules {
		if rule.By == "" {
			g.Rules[i].By = ByArea
		} else if rule.By != ByArea && rule.By != BySuperior {
			c.note("unit.fault.relation", "Relation", short(string(rule.By)))
		}
		for _, kind := range rule.Kinds {
			if !kind.known() {
				c.note("unit.fault.ruleKind", "Kind", short(string(kind)))
			}
		}
	}
	if !c.bad {
		p.groups = append(p.groups, groupRow{p.line(offset), g})
	}
}

// decode reads one row. Our own shapes are strict: a misspelt field would otherwise be lost in silence.
func (p *parser) decode(offset int, raw json.RawMessage, into any, strict bool) bool {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if strict {
		dec.DisallowUnknownFields()
	}
	err := dec.Decode(into)
	if err == nil && bytes.HasPrefix(raw, []byte("{")) {
		return true
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		p.note(offset, "", "unit.fault.fieldType", "Field", e.Field)
	} else if err != nil && strings.Contains(err.Error(), "unknown field") {
		_, field, _ := strings.Cut(err.Error(), "unknown field ")
		p.note(offset, "", "unit.fault.unknownField", "Field", short(strings.Trim(field, `"`)))
	} else {
		p.note(offset, "", "unit.fault.row")
	}
	return false
}
