package waste

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func anyWeights(t *rapid.T, name string) (w Weights) {
	for i := range w {
		w[i] = rapid.Int64Range(0, 100_000_000_000).Draw(t, name)
	}
	return w
}

func TestWeightsAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyWeights(t, "grams")
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Weights
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Fatalf("%s read as %v, %v", text, got, err)
		}
	})
}

func TestSumsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyWeights(t, "a"), anyWeights(t, "b"), anyWeights(t, "c")
		if a.Plus(b).Plus(c) != c.Plus(b.Plus(a)) {
			t.Fatal("the order of adding changes the sum")
		}
		if a.Plus(b).Total() != a.Total()+b.Total() {
			t.Fatal("the total of a sum is not the sum of the totals")
		}
	})
}

func TestWithChangesOneType(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWeights(t, "grams")
		typ := rapid.SampledFrom(Types()).Draw(t, "type")
		grams := rapid.Int64Range(0, 1000).Draw(t, "new")
		changed := w.With(typ, grams)
		for _, other := range Types() {
			want := w.Of(other)
			if other == typ {
				want = grams
			}
			if changed.Of(other) != want {
				t.Fatalf("%s weighs %d, want %d", other, changed.Of(other), want)
			}
		}
	})
}

func TestJSON(t *testing.T) {
	text, err := json.Marshal(Weights{}.With(Plastic, 1500))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"organic":0,"plastic":1500,"metal":0,"construction":0,"paper":0,"glass":0,"hazardous":0,"other":0}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	w := Weights{}.With(Glass, 7)
	if err := json.Unmarshal([]byte(`{"plastic":3}`), &w); err != nil || w != (Weights{}).With(Plastic, 3) {
		t.Errorf("a short object read as %v, %v", w, err)
	}
	for _, bad := range []string{`{"wood":1}`, `{"glass":1.5}`, `{"glass":"1"}`, `[1]`, `1`} {
		if err := json.Unmarshal([]byte(bad), &w); err == nil {
			t.Errorf("%s was read as %v", bad, w)
		}
	}
}

func TestUnknownTypesAndMethods(t *testing.T) {
	w := Weights{1, 2, 3, 4, 5, 6, 7, 8}
	if w.Of("wood") != 0 || w.With("wood", 9) != w || Type("").Valid() {
		t.Error("an unknown type holds something")
	}
	m := Methods{}.With(Glass, Weighed)
	if m.Of(Glass) != Weighed || m.Of(Paper) != "" || m.With("wood", Weighed) != m {
		t.Errorf("methods %v", m)
	}
	if Method("").Valid() || Method("guessed").Valid() || !Estimated.Valid() {
		t.Error("the methods are not the two")
	}
}
