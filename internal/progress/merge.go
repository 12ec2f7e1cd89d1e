package progress

import (
	"encoding/json"
	"slices"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// Generated tells for each block of a document whether it stands as it was generated.
func Generated(generated, current letter.Document) []bool {
	out := make([]bool, len(current.Blocks))
	for _, m := range matches(keysOf(generated.Blocks), keysOf(current.Blocks)) {
		out[m.right] = true
	}
	return out
}

// merge puts what was generated afresh into a document that people may have changed since it was generated first. Blocks
// that stand as they were generated give way to the fresh ones; what people wrote, changed or deleted stays written,
// changed or deleted. It returns how many blocks were kept for that.
func merge(old, current, fresh letter.Document) (letter.Document, int) {
	out := current
	if slices.Equal(old.Addressees, current.Addressees) { // it may go to somebody else now
		out.Addressees = fresh.Addressees
	}
	blocks, kept := mergeBlocks(old.Blocks, current.Blocks, fresh.Blocks)
	out.Blocks = blocks
	if len(old.Appendices) != len(current.Appendices) {
		return out, kept + len(current.Appendices)
	}
	out.Appendices = slices.Clone(fresh.Appendices)
	for i := range current.Appendices {
		if i >= len(out.Appendices) || keyOf(old.Appendices[i]) != keyOf(current.Appendices[i]) {
			kept++
			if i < len(out.Appendices) {
				out.Appendices[i] = current.Appendices[i]
			} else {
				out.Appendices = append(out.Appendices, current.Appendices[i])
			}
		}
	}
	return out, kept
}

// mergeBlocks walks through the old blocks. Where the current document has the same block, the fresh one of the same
// place follows; where it has others, those stay.
func mergeBlocks(old, current, fresh []letter.Block) ([]letter.Block, int) {
	inCurrent, inFresh := map[int]int{}, map[int]int{}
	for _, m := range matches(keysOf(old), keysOf(current)) {
		inCurrent[m.left] = m.right
	}
	for _, m := range matches(rolesOf(old), rolesOf(fresh)) {
		inFresh[m.left] = m.right
	}
	var out []letter.Block
	kept, next, done := 0, 0, 0
	// upTo copies the hand-written blocks of the current document before a position.
	upTo := func(position int) {
		for ; next < position; next++ {
			out = append(out, current[next])
			kept++
		}
	}
	// freshUpTo adds generated blocks that no old one corresponds to.
	freshUpTo := func(position int) {
		for ; done < position; done++ {
			out = append(out, fresh[done])
		}
	}
	for i := range old {
		at, stands := inCurrent[i]
		if stands {
			upTo(at)
		}
		if j, again := inFresh[i]; again {
			freshUpTo(j)
			if stands {
				out = append(out, fresh[j])
			}
			done = j + 1
		}
		if stands {
			next = at + 1
		}
	}
	upTo(len(current))
	freshUpTo(len(fresh))
	return out, kept
}

// pair is a block of one document and the same of another, by position.
type pair struct{ left, right int }

// matches returns a longest common subsequence, so that each block is matched once and in order.
func matches(a, b []string) []pair {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out []pair
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, pair{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

func keysOf(blocks []letter.Block) []string {
	keys := make([]string, len(blocks))
	for i, b := range blocks {
		keys[i] = keyOf(normal(b))
	}
	return keys
}

// rolesOf says what each generated block is for, without its figures: its kind and its text without digits, so that the
// same sentence with other numbers is found again.
func rolesOf(blocks []letter.Block) []string {
	roles := make([]string, len(blocks))
	for i, b := range blocks {
		roles[i] = string(b.Kind) + " " + role(b)
	}
	return roles
}

// role is how a generated block begins: the first words up to the first figure or name, which the writer keeps the same
// whatever the figures are.
func role(b letter.Block) string {
	words := 0
	for i, r := range b.Text {
		if r >= '0' && r <= '9' {
			return b.Text[:i]
		}
		if r == ' ' {
			if words++; words == 3 {
				return b.Text[:i]
			}
		}
	}
	return b.Text
}

// normal is a block as a draft keeps it: texts cleaned.
func normal(b letter.Block) letter.Block {
	b.Text = lang.Clean(b.Text)
	if b.Table != nil {
		t := *b.Table
		t.Head, t.Total = cleaned(t.Head), cleaned(t.Total)
		t.Rows = slices.Clone(t.Rows)
		for i := range t.Rows {
			t.Rows[i] = cleaned(t.Rows[i])
		}
		b.Table = &t
	}
	return b
}

func cleaned(cells []string) []string {
	if cells == nil {
		return nil
	}
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = lang.Clean(c)
	}
	return out
}

func keyOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and lists always can be written
	}
	return string(b)
}
