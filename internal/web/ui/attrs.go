package ui

import "strconv"

// pressed is the value of aria-pressed.
func pressed(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

func orDefault(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// choiceID gives every answer of a group its own ID.
func choiceID(f Field, i int) string { return f.id() + "-" + strconv.Itoa(i+1) }

// modifier is a block's class with one modifier, or none.
func modifier(block, m string) string {
	if m == "" {
		return block
	}
	return block + " " + block + "--" + m
}

func method(get bool) string {
	if get {
		return "get"
	}
	return "post"
}
