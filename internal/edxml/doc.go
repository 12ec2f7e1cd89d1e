// Package edxml owns the packages in which document systems of the State exchange letters: edXML of QCVN 102:2016/BTTTT
// with its amendment of 2022. Write is strict: element order, prefixes and namespaces as the regulation's sample, the same
// bytes for the same message. Read is lenient: it takes the dialects that are in use, keeps aside what it does not know,
// keeps codes that it does not know, and lists every deviation.
//
// It knows the format only: no database, no transport, no unit. Invariant: Read(Write(m)) is m. What goes wrong with
// foreign bytes is a fault; it never panics, and its memory is bounded by Limits. docs/exchange.md says where the shapes
// come from.
package edxml
