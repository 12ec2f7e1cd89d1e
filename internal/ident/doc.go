// Package ident owns identifiers: UUIDv7 texts made by the application (or by a client, so that sending the same
// thing twice makes it once), and short codes that people read aloud and type.
//
// Identifiers carry no meaning and are never reused.
package ident
