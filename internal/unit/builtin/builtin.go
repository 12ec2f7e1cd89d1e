// Package builtin carries the units of Thừa Thiên Huế in 2024 that a demonstration needs: the province with its nine
// district-level units, the nine communes of Hương Trà, and the offices, unions and centre of that town.
//
// The file has the form that docs/units.md describes and goes through the ordinary import. Codes of areas are the
// State's; those of organisations are ours.
package builtin

import (
	"bytes"
	_ "embed" // for the file
	"io"

	"sachhon/internal/clock"
)

//go:embed huong_tra.json
var huongTra []byte

// InForce is the first day on which the areas stood as the file has them.
const InForce clock.Day = "2024-05-01"

// HuongTra returns the file, for unit.Service.Import.
func HuongTra() io.Reader { return bytes.NewReader(huongTra) }
