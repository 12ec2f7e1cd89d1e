package unit_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/shareddir"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// actor may or may not change units.
type actor struct{ refusal error }

func (actor) Identity() ident.ID              { return "018fe000-0000-7000-8000-00000000000a" }
func (a actor) Permit(string, ident.ID) error { return a.refusal }

func newService(t *testing.T, db *database.DB, clk clock.Clock) *unit.Service {
	t.Helper()
	signer, err := audit.NewSigner("test.invalid", [ed25519.SeedSize]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	return unit.NewService(db, audit.New(db, signer), testkit.Seeded(clk, 1))
}

func file(rows ...string) *strings.Reader {
	return strings.NewReader("{\"units\": [\n" + strings.Join(rows, ",\n") + "\n]}")
}

func area(code, name, kind, parent string) string {
	if parent != "null" {
		parent = `"` + parent + `"`
	}
	return fmt.Sprintf(`{"code": %q, "name": %q, "type": %q, "parent": %s}`, code, name, kind, parent)
}

var june = unit.ImportOptions{ValidFrom: "2024-05-01", ValidTo: "2024-12-31"}

func TestImportBuiltIn(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx, s := t.Context(), newService(t, db, clk)
		opts := unit.ImportOptions{ValidFrom: builtin.InForce}
		result, err := s.Import(ctx, actor{}, builtin.HuongTra(), opts)
		if err != nil || result.Added != 19+35+5 {
			t.Fatalf("%+v, %v", result, err)
		}
		tree, err := s.Today(ctx)
		if err != nil {
			t.Fatal(err)
		}
		town, _ := tree.ByCode("480")
		if got := town.Organ(); got != "Ủy ban nhân dân thị xã Hương Trà" {
			t.Errorf("the town signs as %q", got)
		}
		if got := len(tree.Units()); got != 19+35 {
			t.Errorf("%d units in force", got)
		}

		again, err := s.Import(ctx, actor{}, builtin.HuongTra(), opts)
		if want := (unit.ImportResult{Unchanged: 59}); err != nil || !cmp.Equal(again, want) {
			t.Errorf("the same file again: %+v, %v", again, err)
		}
		if same, _ := s.Today(ctx); same != tree {
			t.Error("an import that changed nothing made the tree old")
		}
		clk.Set(clock.Date(2024, 4, 30, 12, 0).Time)
		if early, _ := s.Today(ctx); len(early.Units()) != 0 {
			t.Error("units are in force before their first day")
		}
	})
}

func TestImportStateLists(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx, s := t.Context(), newService(t, db, clk)
		for _, list := range []struct {
			file     string
			from, to clock.Day
			units    int
		}{
			{"data/units_2024-06.json", "2024-05-01", "2024-12-31", 151},
			{"data/units_2025-01.json", "2025-01-01", "2025-06-30", 143},
			{"data/units_2025-07.json", "2025-07-01", "", 41},
		} {
			data, err := os.ReadFile(shareddir.Path(t, list.file))
			if err != nil {
				t.Fatal(err)
			}
			opts := unit.ImportOptions{ValidFrom: list.from, ValidTo: list.to}
			result, err := s.Import(ctx, actor{}, strings.NewReader(string(data)), opts)
			if err != nil || result.Added != list.units {
				t.Fatalf("%s: %+v, %v", list.file, result, err)
			}
		}
		for _, want := range []struct {
			day        clock.Day
			units      int
			name, path string
		}{
			{"2024-06-06", 151, "Phường Tứ Hạ", "46 480 19996"},
			{"2025-03-01", 143, "Phường Tứ Hạ", "46 480 19996"},
			{"2025-07-01", 41, "Phường Hương Trà", "46 19996"},
			{"2030-01-01", 41, "Phường Hương Trà", "46 19996"},
		} {
			tree, err := s.Tree(ctx, want.day)
			if err != nil {
				t.Fatal(err)
			}
			u, _ := tree.ByCode("19996") // a code that was used again with another meaning
			if len(tree.Units()) != want.units || u.FullName != want.name || codes(tree.Path(u.ID)) != want.path {
				t.Errorf("%s: %d units, 19996 is %s, path %s", want.day, len(tree.Units()), u.FullName, codes(tree.Path(u.ID)))
			}
		}
	})
}

func TestImportRefuses(t *testing.T) {
	province := area("46", "Thừa Thiên Huế", "Tỉnh", "null")
	for name, tt := range map[string]struct {
		rows []string
		want string // line, code, message key
	}{
		"cycle of two":      {[]string{province, area("1", "A", "Huyện", "2"), area("2", "B", "Huyện", "1"), area("3", "C", "Xã", "2")}, "3 1 cycle|4 2 cycle|5 3 parentRefused"},
		"own parent":        {[]string{area("1", "A", "Huyện", "1")}, "2 1 cycle"},
		"duplicate":         {[]string{province, area("1", "A", "Xã", "46"), area("1", "B", "Xã", "46")}, "4 1 duplicate"},
		"unknown parent":    {[]string{province, area("1", "A", "Xã", "47")}, "3 1 parentUnknown"},
		"refused parent":    {[]string{province, area("1", "", "Huyện", "46"), area("2", "B", "Xã", "1")}, "3 1 name|4 2 parentRefused"},
		"no parent":         {[]string{`{"code":"1","name":"A","type":"Xã"}`}, "2 1 parentMissing"},
		"long name":         {[]string{area("1", strings.Repeat("ấ", 5000), "Tỉnh", "null")}, "2 1 nameLong"},
		"script":            {[]string{area("1", "<script>", "Tỉnh", "null")}, "2 1 nameSign"},
		"emoji":             {[]string{area("1", "Huế 🎉", "Tỉnh", "null")}, "2 1 nameSign"},
		"no letters":        {[]string{area("1", "123", "Tỉnh", "null")}, "2 1 name"},
		"code with a space": {[]string{area("4 6", "A", "Tỉnh", "null")}, "2 4 6 code"},
		"unknown type":      {[]string{area("1", "A", "Bang", "null")}, "2 1 type"},
		"31 February":       {[]string{`{"code":"1","name":"A","type":"Xã","parent":null,"valid_from":"2024-02-31"}`}, "2 1 day"},
		"ends too early":    {[]string{`{"code":"1","name":"A","type":"Xã","parent":null,"valid_to":"2024-04-30"}`}, "2 1 range"},
		"outlives parent":   {[]string{province, `{"code":"1","name":"A","type":"Xã","parent":"46","valid_to":"2025-01-01"}`}, "3 1 parentEnds"},
		"overlap":           {[]string{province, area("1", "A", "Xã", "46"), `{"code":"1","name":"A","type":"Xã","parent":"46","valid_from":"2024-06-01"}`}, "3 1 overlap|4 1 overlap"},
		"not an object":     {[]string{province, `7`}, "3  row"},
		"wrong type":        {[]string{province, `{"code":1}`}, "3  fieldType"},
		"broken JSON":       {[]string{province, `{"code":`}, "4  json"},
		"level 10":          {[]string{`{"code":"1","name":"A","type":"Xã","parent":null,"level":10}`}, "2 1 level"},
		"mail":              {[]string{`{"code":"1","name":"A","type":"Xã","parent":null,"email":"a b@c.vn"}`}, "2 1 email"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, faults, err := unit.Read(file(tt.rows...), june, ids())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, brief(faults)); diff != "" {
				t.Error(diff)
			}
			for _, code := range lang.Languages {
				for _, f := range faults {
					if m := f.Message(lang.New(code)); strings.Contains(m, "⟦") || strings.Contains(m, "<no value>") {
						t.Errorf("no message in %s: %s", code, m)
					}
				}
			}
		})
	}
}

// ids returns a maker of identifiers for reading without a database.
func ids() func() ident.ID {
	n := 0
	return func() ident.ID { n++; return ident.ID(fmt.Sprint("id", n)) }
}

func brief(faults []unit.RowFault) string {
	var list []string
	for _, f := range faults {
		list = append(list, fmt.Sprint(f.Line, " ", f.Code, " ", strings.TrimPrefix(f.Key, "unit.fault.")))
	}
	return strings.Join(list, "|")
}

func TestReadOurOwnShapes(t *testing.T) {
	const units = `{"units":[{"code":"1","name":"A","type":"Xã","parent":null}],` + "\n"
	for text, want := range map[string]string{
		units + `"organisations":[{"code":"o","name":"Hội","kind":"club","area":"1"}]}`:                                                  "2 o kind",
		units + `"organisations":[{"code":"o","name":"Hội","kind":"ward","area":"1"}]}`:                                                  "2 o kind",
		units + `"organisations":[{"code":"o","name":"Hội","kind":"union"}]}`:                                                            "2 o areaMissing",
		units + `"organisations":[{"code":"o","name":"Hội","kind":"union","area":"1","colour":"red"}]}`:                                  "2  unknownField",
		units + `"organisations":[{"code":"o","name":"H","kind":"union","area":"1"},{"code":"p","name":"P","kind":"union","area":"o"}]}`: "2 p parentKind",
		units + `"groups":[{"code":"g","name":"G","owner":"1"}]}`:                                                                        "2 g groupEmpty",
		units + `"groups":[{"code":"g","name":"G","owner":"9","members":["1"]}]}`:                                                        "2 g groupUnit",
		units + `"groups":[{"code":"g","name":"G","owner":"1","rules":[{"of":"1","by":"magic"}]}]}`:                                      "2 g relation",
		units + `"groups":[{"code":"g","name":"G","owner":"1","rules":[{"of":"1","kinds":["x"]}]}]}`:                                     "2 g ruleKind",
		units + `"groups":[{"code":"g","name":"G","owner":"1","members":["1"]},{"code":"g","name":"G","owner":"1","members":["1"]}]}`:    "2 g groupTwice",
		units + `"organizations":[]}`:         "2  section",
		units + `"groups":{}}`:                "2  notList",
		`[]`:                                  "1  notObject",
		``:                                    "1  notObject",
		units + `"note":""} {}`:               "2  trailing",
		"{\"units\":[\n{\"code\":\"\xff\"}]}": "2  encoding",
		"\ufeff" + units + `"note":"with a byte order mark"}`: "",
	} {
		_, _, faults, err := unit.Read(strings.NewReader(text), june, ids())
		if got := brief(faults); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", text, got, err, want)
		}
	}
}

func TestReadLimits(t *testing.T) {
	if _, _, _, err := unit.Read(strings.NewReader(strings.Repeat(" ", unit.MaxFileBytes+1)), june, ids()); !errors.Is(err, fault.TooLarge) {
		t.Errorf("a file too large: %v", err)
	}
	rows := make([]string, unit.MaxRows+5)
	for i := range rows {
		rows[i] = `{}`
	}
	_, _, faults, err := unit.Read(file(rows...), june, ids())
	if last := faults[len(faults)-1]; err != nil || last.Key != "unit.fault.rows" || last.Line != unit.MaxRows+2 {
		t.Errorf("too many rows: %v, %+v", err, last)
	}
	deep := []string{area("0", "A", "Tỉnh", "null")}
	for i := 1; i < 40; i++ {
		deep = append(deep, area(fmt.Sprint(i), "A", "Xã", fmt.Sprint(i-1)))
	}
	units, _, faults, _ := unit.Read(file(deep...), june, ids())
	if len(units) != 32 || faults[0].Key != "unit.fault.depth" {
		t.Errorf("%d units of a tree that is too deep, first fault %+v", len(units), faults[0])
	}
}

// TestReadStaysQuick: the worst files within the limits do not keep the server busy. The bound is wide; what it
// catches is work that grows with the square of the rows.
func TestReadStaysQuick(t *testing.T) {
	for name, parent := range map[string]func(i int) string{
		"one circle": func(i int) string { return fmt.Sprint((i + 1) % unit.MaxRows) },
		"a chain":    func(i int) string { return fmt.Sprint(i + 1) },
	} {
		rows := make([]string, unit.MaxRows)
		for i := range rows {
			rows[i] = area(fmt.Sprint(i), "A", "Xã", parent(i))
		}
		begin := time.Now()
		_, _, faults, err := unit.Read(file(rows...), june, ids())
		if took := time.Since(begin); err != nil || len(faults) == 0 || took > 20*time.Second {
			t.Errorf("%s: %v, %d faults, %v", name, err, len(faults), took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

func TestImportAllOrNothingOrPartial(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx, s := t.Context(), newService(t, db, clk)
		rows := []string{
			area("46", "Thừa Thiên Hu\u00ea\u0301", "Tỉnh", "null"), // the accent apart, as some systems send it
			area("480", "Hương Trà", "Thị xã", "46"),
			area("9", "Lạc", "Xã", "777"),
			area("10", "Vòng", "Xã", "10"),
		}
		result, err := s.Import(ctx, actor{}, file(rows...), june)
		if !errors.Is(err, fault.Invalid) || brief(result.Faults) != "4 9 parentUnknown|5 10 cycle" {
			t.Fatalf("%v, %s", err, brief(result.Faults))
		}
		if tree, _ := s.Today(ctx); len(tree.Units()) != 0 {
			t.Fatal("something was imported")
		}
		partial := june
		partial.Partial = true
		result, err = s.Import(ctx, actor{}, file(rows...), partial)
		if err != nil || result.Added != 2 || len(result.Faults) != 2 {
			t.Fatalf("partial: %+v, %v", result, err)
		}
		tree, _ := s.Today(ctx)
		if u, _ := tree.ByCode("46"); u.Name != "Thừa Thiên Huế" {
			t.Errorf("the name is %+q", u.Name)
		}

		// A later file may not turn a stored tree into a circle, nor end a unit under another.
		for _, later := range []struct{ row, want string }{
			{area("46", "Thừa Thiên Huế", "Tỉnh", "480"), "2 46 cycle"},
			{`{"code":"46","name":"Thừa Thiên Huế","type":"Tỉnh","parent":null,"valid_to":"2024-06-30"}`, "2 46 orphan"},
			{`{"code":"46","name":"Huế","type":"Thành phố","parent":null,"valid_from":"2024-06-01"}`, "2 46 overlap"},
		} {
			result, err := s.Import(ctx, actor{}, file(later.row), june)
			if !errors.Is(err, fault.Invalid) || brief(result.Faults) != later.want {
				t.Errorf("%s: %v, %q", later.row, err, brief(result.Faults))
			}
		}
		result, err = s.Import(ctx, actor{}, file(area("480", "Hương Trà mới", "Thị xã", "46")), june)
		if err != nil || result.Changed != 1 {
			t.Errorf("a new name: %+v, %v", result, err)
		}
		fresh, _ := s.Today(ctx)
		if u, _ := fresh.ByCode("480"); u.Name != "Hương Trà mới" {
			t.Errorf("the cached tree still says %q", u.Name)
		}
	})
}

func TestImportAsksForPermission(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		s := newService(t, db, clk)
		_, err := s.Import(t.Context(), actor{fault.Forbidden.With("")}, builtin.HuongTra(), june)
		if tree, _ := s.Today(t.Context()); !errors.Is(err, fault.Forbidden) || len(tree.Units()) != 0 {
			t.Errorf("%v, %d units", err, len(tree.Units()))
		}
	})
}

func TestBoundaries(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx, s := t.Context(), newService(t, db, clk)
		mustImport(ctx, t, s, file(area("46", "Huế", "Tỉnh", "null"), area("1", "Đông", "Xã", "46"), area("2", "Tây", "Xã", "46")))
		feature := func(code, name string, west, east int) string {
			return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"name":%q},"geometry":{"type":"Polygon",
				"coordinates":[[[%[3]d,16],[%[4]d,16],[%[4]d,17],[%[3]d,17],[%[3]d,16]]]}}`, code, name, west, east)
		}
		collection := func(features ...string) *strings.Reader {
			return strings.NewReader(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)
		}
		result, err := s.ImportBoundaries(ctx, actor{}, collection(
			feature("1", "Xã Đông", 108, 109), feature("9", "Xã", 1, 2), feature("2", "Phường Tây", 1, 2), feature("1", "Xã Đông", 1, 2),
		), "2024-06-06")
		if want := "2 9 boundaryUnit|3 2 boundaryName|4 1 boundaryTwice"; !errors.Is(err, fault.Invalid) || brief(result.Faults) != want {
			t.Errorf("%v, %s", err, brief(result.Faults))
		}
		if _, err := s.ImportBoundaries(ctx, actor{}, collection(
			feature("46", "Tỉnh Huế", 107, 109), feature("1", "Xã Đông", 108, 109), feature("2", "XÃ TÂY", 107, 108),
		), "2024-06-06"); err != nil {
			t.Fatal(err)
		}
		for lon, want := range map[float64]string{107.5: "2", 108.5: "1", 110: ""} {
			u, ok, err := s.UnitAt(ctx, geo.Point{Lat: 16.5, Lon: lon}, "2024-06-06")
			if err != nil || u.Code != want || ok != (want != "") {
				t.Errorf("at %v: %q %t %v, want %q", lon, u.Code, ok, err, want)
			}
		}
		if u, ok, _ := s.UnitAt(ctx, geo.Point{Lat: 16.5, Lon: 108.5}, "2025-06-06"); ok {
			t.Errorf("%s is no longer in force", u.Code)
		}
	})
}

func mustImport(ctx context.Context, t *testing.T, s *unit.Service, r *strings.Reader) {
	t.Helper()
	if result, err := s.Import(ctx, actor{}, r, june); err != nil {
		t.Fatal(err, brief(result.Faults))
	}
}

// FuzzRead: whatever the bytes, what is read is a sound tree: keys are unique, every reference leads upwards to a
// root, names are clean. Every fault has a line of the file.
func FuzzRead(f *testing.F) {
	f.Add("{\"units\": [\n" + area("46", "Huế", "Tỉnh", "null") + ",\n" + area("480", "Hương Trà", "Thị xã", "46") + "]}")
	f.Add(`{"units":[{"code":"1","name":"A","type":"Xã","parent":"2"},{"code":"2","name":"B","type":"Xã","parent":"1"}]}`)
	f.Add(`{"units":[{"code":"1","name":"A","type":"Tỉnh","parent":null,"valid_from":"2024-01-01","valid_to":"2024-02-01"},` +
		`{"code":"1","name":"A","type":"Tỉnh","parent":null}],"organisations":[{"code":"o","name":"H","kind":"union","area":"1","superior":null}],` +
		`"groups":[{"code":"g","name":"G","owner":"1","rules":[{"of":"1","deep":true}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		units, groups, faults, err := unit.Read(strings.NewReader(text), june, ids())
		if err != nil {
			return
		}
		keys := map[string]bool{}
		byID := map[ident.ID]unit.Unit{}
		for _, u := range units {
			k := u.Code + string(u.ValidFrom)
			if keys[k] {
				t.Fatalf("the key %s twice", k)
			}
			keys[k], byID[u.ID] = true, u
			if u.Name != lang.Clean(u.Name) || u.Name == "" || len([]rune(u.Name)) > unit.MaxNameLength {
				t.Fatalf("a name %q", u.Name)
			}
			if u.ValidTo != "" && u.ValidTo < u.ValidFrom {
				t.Fatalf("%s is never in force", u.Code)
			}
		}
		for _, u := range units {
			for _, up := range []func(unit.Unit) ident.ID{
				func(u unit.Unit) ident.ID { return u.AreaID }, func(u unit.Unit) ident.ID { return u.SuperiorID },
			} {
				at, steps := u, 0
				for up(at) != "" {
					parent, ok := byID[up(at)]
					if steps++; !ok || steps > len(units) || !parent.InForce(at.ValidFrom) {
						t.Fatalf("%s hangs in the air", u.Code)
					}
					at = parent
				}
			}
		}
		tree := unit.NewTree("2024-06-06", units, groups)
		for _, g := range groups {
			seen := map[ident.ID]bool{}
			for _, u := range tree.Expand(g) {
				if seen[u.ID] || !u.InForce("2024-06-06") {
					t.Fatalf("group %s brings %s twice or out of its time", g.Code, u.Code)
				}
				seen[u.ID] = true
			}
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > 1+strings.Count(text, "\n") {
				t.Fatalf("a fault at line %d", fault.Line)
			}
		}
	})
}
