package ui

import "encoding/json"

// MapProps is a map with points; the page names ScriptMap among its scripts.
type MapProps struct {
	Label    string // what the map shows
	Points   []MapPoint
	Outlines string     // address of a GeoJSON file with boundaries; may be empty
	Bounds   [4]float64 // west, south, east, north: the map cannot leave this box
	PickLat  string     // IDs of the two fields that a tap on the map fills; may be empty
	PickLon  string
	Tiles    string // template of the operator's tile source; none by default
	Credit   string // attribution of the tile source
	MinZoom  int
}

// MapPoint is one place with its words.
type MapPoint struct {
	Lat, Lon float64
	Text     string
	Note     string
	URL      string
	Kind     MapKind
}

// MapKind is the shape and colour of a point.
type MapKind string

// The kinds of points: a clean-up still ahead or under way, one whose result is valid, and all others.
const (
	MapOther MapKind = ""
	MapOpen  MapKind = "open"
	MapValid MapKind = "valid"
)

// mapData is what assets/ts/map.ts reads.
type mapData struct {
	Points   []mapDot   `json:"points"`
	Outlines string     `json:"outlines,omitempty"`
	Bounds   [4]float64 `json:"bounds"`
	PickLat  string     `json:"pickLat,omitempty"`
	PickLon  string     `json:"pickLon,omitempty"`
	Tiles    string     `json:"tiles,omitempty"`
	Credit   string     `json:"credit,omitempty"`
	MinZoom  int        `json:"minZoom,omitempty"`
}

type mapDot struct {
	Lat  float64 `json:"lat"`
	Lon  float64 `json:"lon"`
	Text string  `json:"text"`
	Note string  `json:"note,omitempty"`
	URL  string  `json:"url,omitempty"`
	Kind MapKind `json:"kind,omitempty"`
}

// data is the JSON for the script; a map of numbers and texts always encodes, except for a coordinate that is no
// number, and then the map stays empty and the list below it remains.
func (m MapProps) data() string {
	d := mapData{
		Points: make([]mapDot, 0, len(m.Points)), Outlines: m.Outlines, Bounds: m.Bounds,
		PickLat: m.PickLat, PickLon: m.PickLon, Tiles: m.Tiles, Credit: m.Credit, MinZoom: m.MinZoom,
	}
	for _, p := range m.Points {
		d.Points = append(d.Points, mapDot(p))
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return "{}"
	}
	return string(raw)
}
