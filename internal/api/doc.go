// Package api owns what programs read: /api/v1 with its OpenAPI document, and the files of the verifiable log.
//
// It reads only what everybody may see and computes nothing: figures come from insight byte for byte. It never echoes a
// value that it refuses. Invariant: every answer matches the document at /api/openapi.json, which a golden test keeps.
package api
