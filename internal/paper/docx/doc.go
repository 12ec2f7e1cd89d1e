// Package docx reads and writes word processing documents (Office Open XML). Reading gives lines of text with their
// layout and keeps nothing of the form.
//
// Invariant: whatever the bytes, reading ends within limits of size, depth and number of parts, and with a fault for people
// when it fails; no document type, no entity and nothing outside of the file is ever followed.
package docx
