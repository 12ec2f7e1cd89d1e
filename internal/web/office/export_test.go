package office

// SetFileLines makes the files of registers small for a test: what is read at once, and what a file holds.
func SetFileLines(chunk, most int) (undo func()) {
	c, m := fileChunk, fileLines
	fileChunk, fileLines = chunk, most
	return func() { fileChunk, fileLines = c, m }
}
