package publicity_test

import (
	"encoding/binary"
	"io"
	"math"
	"strings"
	"testing"
	"time"
	"unicode"

	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/speech/speechtest"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/program"
)

// TestTheBulletinSoundsAsItShould measures what nobody listens to here: the drafted bulletin of a ward as it is spoken before, during
// and after the challenge.
func TestTheBulletinSoundsAsItShould(t *testing.T) {
	program.Need(t, "espeak-ng", "espeak-ng")
	program.Need(t, "lame", "lame")
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		blobs, err := blob.OpenFolder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = blobs.Close() })
		queue := jobs.New(db, jobs.Config{})
		s := speech.NewService(db, queue, blobs, speech.DefaultConfig())
		for _, u := range unitsOf(t, "19996") {
			for name, m := range shapes(u) {
				script := publicity.Draft(publicity.Bulletin, m)["script"]
				if _, err := s.Ask(t.Context(), script); err != nil {
					t.Fatal(err)
				}
				if err := queue.Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
				rec, ok, err := s.Find(t.Context(), script)
				if err != nil || !ok || rec.State != speech.Ready {
					t.Fatalf("%s: %+v, %v, %v", name, rec, ok, err)
				}
				if strings.ContainsFunc(rec.Text, unicode.IsNumber) || strings.ContainsAny(rec.Text, "/–—×%&+=@#*") {
					t.Errorf("%s: the voice would read %q", name, rec.Text)
				}
				listen(t, name, s, rec, speech.ReadingTime(script))
			}
		}
	})
}

// listen measures both forms of a recording.
func listen(t *testing.T, name string, s *speech.Service, rec speech.Recording, shown time.Duration) {
	t.Helper()
	read := func(compressed bool) []byte {
		f, err := s.Open(t.Context(), rec, compressed)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	sound, err := speech.ParseWAV(read(false))
	if err != nil {
		t.Fatal(err)
	}
	mp3 := speechtest.MP3(t, read(true))
	h := hear(sound)
	t.Logf("%s: shown %s, WAV %s of %d Hz, MP3 %s; peak %.2f, silence %s before, %s behind, %s inside", name, shown.Round(time.Second),
		sound.Duration().Round(time.Millisecond), sound.Rate, mp3.Duration.Round(time.Millisecond), h.peak, h.before, h.behind, h.inside)
	if ratio := sound.Duration().Seconds() / shown.Seconds(); ratio < 0.75 || ratio > 1.25 {
		t.Errorf("%s: it takes %s, the page says %s", name, sound.Duration(), shown)
	}
	if sound.Channels != 1 || sound.Rate != 22050 || mp3.Channels != 1 || mp3.Rate != sound.Rate {
		t.Errorf("%s: WAV of %d channels and %d Hz, MP3 of %d and %d", name, sound.Channels, sound.Rate, mp3.Channels, mp3.Rate)
	}
	if math.Abs((mp3.Duration - sound.Duration()).Seconds()) > 0.15 {
		t.Errorf("%s: the MP3 takes %s, the WAV %s", name, mp3.Duration, sound.Duration())
	}
	if h.peak < 0.2 || h.clipped > 0 {
		t.Errorf("%s: peak %.2f, %d samples are cut off", name, h.peak, h.clipped)
	}
	if long := 2 * time.Second; max(h.before, h.behind, h.inside) > long {
		t.Errorf("%s: silence of %s before, %s behind, %s inside", name, h.before, h.behind, h.inside)
	}
}

// heard is what can be measured of a sound.
type heard struct {
	peak                   float64
	clipped                int // samples at the end of the scale, two in a row
	before, behind, inside time.Duration
}

// quiet is less than any voice and more than the noise of the last bits.
const quiet = 0.003

func hear(s speech.Sound) heard {
	var h heard
	const step = 10 * time.Millisecond
	per := s.Rate * int(step/time.Millisecond) / 1000
	last, run, spoke := int16(0), time.Duration(0), false
	for i := 0; i+2*per <= len(s.Data); i += 2 * per {
		sum := 0.0
		for j := i; j < i+2*per; j += 2 {
			v := int16(binary.LittleEndian.Uint16(s.Data[j:]))
			if (v == math.MaxInt16 || v == math.MinInt16) && v == last {
				h.clipped++
			}
			last = v
			f := math.Abs(float64(v)) / 32768
			h.peak, sum = max(h.peak, f), sum+f*f
		}
		if math.Sqrt(sum/float64(per)) < quiet {
			run += step
			continue
		}
		if !spoke {
			h.before, spoke = run, true
		} else {
			h.inside = max(h.inside, run)
		}
		run = 0
	}
	h.behind = run
	return h
}
