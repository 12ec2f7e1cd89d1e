package imaging

import (
	"io"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"sachhon/internal/clock"
	"sachhon/internal/geo"
)

// Facts are what the camera wrote into a photo. Anybody can change them, so they are claims; what is missing or
// makes no sense is left zero.
type Facts struct {
	// Taken is when the photo was taken. ZoneKnown tells whether the camera wrote its offset from UTC; without it
	// the time is understood as the challenge's.
	Taken     clock.Time
	ZoneKnown bool
	// Place is where it was taken, when PlaceKnown.
	Place      geo.Point
	PlaceKnown bool
	// Orientation is the EXIF value from 1 (upright) to 8 that says how to turn the stored pixels.
	Orientation int
	// Camera is make and model.
	Camera string
}

// wantedTags are the EXIF tags that make up the facts.
var wantedTags = map[string]bool{
	"Orientation": true, "Make": true, "Model": true,
	"DateTimeOriginal": true, "OffsetTimeOriginal": true, "OffsetTime": true,
	"GPSLatitude": true, "GPSLatitudeRef": true, "GPSLongitude": true, "GPSLongitudeRef": true,
}

var metaFormats = map[Format]imagemeta.ImageFormat{
	JPEG: imagemeta.JPEG, PNG: imagemeta.PNG, WebP: imagemeta.WebP, HEIC: imagemeta.HEIF,
}

// ReadFacts reads the EXIF data of a photo of the given format. A photo without, or with damaged ones, simply has
// few facts or none. r is read from its start and left anywhere.
func ReadFacts(r io.ReadSeeker, format Format) Facts {
	facts := Facts{Orientation: 1}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return facts
	}
	tags := map[string]any{}
	// An error ends the walk; what was found before it still counts.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R:           r,
		ImageFormat: metaFormats[format],
		Sources:     imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool {
			return wantedTags[tag.Tag] && strings.HasPrefix(tag.Namespace, "IFD0")
		},
		HandleTag: func(tag imagemeta.TagInfo) error {
			tags[tag.Tag] = tag.Value
			return nil
		},
	})
	if o, ok := tags["Orientation"].(uint16); ok && 1 <= o && o <= 8 {
		facts.Orientation = int(o)
	}
	facts.Camera = camera(text(tags["Make"]), text(tags["Model"]))
	facts.Taken, facts.ZoneKnown = taken(text(tags["DateTimeOriginal"]), text(tags["OffsetTimeOriginal"]), text(tags["OffsetTime"]))
	facts.Place, facts.PlaceKnown = place(tags)
	return facts
}

// text returns a tag's text without what cameras pad it with, and no longer than anybody needs.
func text(value any) string {
	s, _ := value.(string)
	s = strings.ToValidUTF8(strings.TrimSpace(strings.Trim(s, "\x00")), "")
	if len(s) > 100 {
		s = strings.ToValidUTF8(s[:100], "")
	}
	return s
}

func camera(maker, model string) string {
	// Many models repeat the maker's name.
	if strings.HasPrefix(strings.ToLower(model), strings.ToLower(maker)) {
		return model
	}
	return strings.TrimSpace(maker + " " + model)
}

// taken combines the local time with the first offset that can be read.
func taken(local string, offsets ...string) (at clock.Time, zoneKnown bool) {
	const layout = "2006:01:02 15:04:05"
	for _, offset := range offsets {
		if t, err := time.Parse(layout+"Z07:00", local+offset); err == nil && offset != "" {
			return plausible(t), true
		}
	}
	t, err := time.ParseInLocation(layout, local, clock.Zone)
	if err != nil {
		return clock.Time{}, false
	}
	return plausible(t), false
}

// plausible leaves out times before digital cameras, which a camera without a set clock writes.
func plausible(t time.Time) clock.Time {
	if t.Year() < 1995 || t.Year() > 2200 {
		return clock.Time{}
	}
	return clock.At(t)
}

func place(tags map[string]any) (geo.Point, bool) {
	lat, latOK := tags["GPSLatitude"].(float64)
	lon, lonOK := tags["GPSLongitude"].(float64)
	// An undefined fraction reads as exactly zero.
	if !latOK || !lonOK || lat == 0 || lon == 0 {
		return geo.Point{}, false
	}
	if strings.EqualFold(text(tags["GPSLatitudeRef"]), "S") {
		lat = -lat
	}
	if strings.EqualFold(text(tags["GPSLongitudeRef"]), "W") {
		lon = -lon
	}
	p := geo.Point{Lat: lat, Lon: lon}
	if p.Check() != nil {
		return geo.Point{}, false
	}
	return p, true
}
