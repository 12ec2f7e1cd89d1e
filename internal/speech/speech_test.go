package speech_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/jobs"
	"sachhon/internal/speech"
	"sachhon/internal/speech/speechtest"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/program"
)

const bulletin = `Kính thưa bà con nhân dân! UBND phường Tứ Hạ thông báo: từ ngày 02/6 đến ngày 30/6/2024, mời bà con tham gia thử thách
làm cho thế giới sạch hơn. Bà con đăng ký tại nhà văn hóa tổ dân phố hoặc gọi số 0234 3557 123. Xin cảm ơn bà con đã lắng nghe.`

func service(t *testing.T, db *database.DB, config speech.Config) (*speech.Service, *jobs.Queue) {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	queue := jobs.New(db, jobs.Config{})
	return speech.NewService(db, queue, blobs, config), queue
}

func TestABulletinIsSpoken(t *testing.T) {
	program.Need(t, "espeak-ng", "espeak-ng")
	program.Need(t, "lame", "lame")
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		s, queue := service(t, db, speech.DefaultConfig())
		rec, err := s.Ask(t.Context(), bulletin)
		if err != nil || rec.State != speech.Waiting {
			t.Fatalf("%+v, %v", rec, err)
		}
		if strings.Contains(rec.Text, "UBND") || strings.ContainsAny(rec.Text, "0123456789") {
			t.Errorf("the voice would read %q", rec.Text)
		}
		if _, err := s.Ask(t.Context(), bulletin); err != nil {
			t.Fatal(err)
		}
		if err := queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		rec, ok, err := s.Find(t.Context(), bulletin)
		if err != nil || !ok || rec.State != speech.Ready {
			t.Fatalf("%+v, %v, %v", rec, ok, err)
		}
		estimate := speech.ReadingTime(bulletin)
		t.Logf("estimated %s, measured %s, WAV %d, MP3 %d bytes", estimate, rec.Duration(), rec.WAVBytes, rec.MP3Bytes)
		if rec.Duration() < estimate*7/10 || rec.Duration() > estimate*13/10 {
			t.Errorf("it takes %s, the estimate was %s", rec.Duration(), estimate)
		}
		sound, err := speech.ParseWAV(content(t, s, rec, false))
		if err != nil {
			t.Fatal(err)
		}
		if sound.Duration().Milliseconds() != rec.Millis || sound.Loudness() < 0.02 {
			t.Errorf("the file sounds for %s at %.3f", sound.Duration(), sound.Loudness())
		}
		mp3 := content(t, s, rec, true)
		if got := speechtest.MP3(t, mp3).Duration; math.Abs(got.Seconds()-rec.Duration().Seconds()) > 0.3 {
			t.Errorf("the compressed form takes %s, the other %s", got, rec.Duration())
		}
		if int64(len(mp3))*5 > rec.WAVBytes {
			t.Errorf("compressed to %d of %d bytes", len(mp3), rec.WAVBytes)
		}
	})
}

func content(t *testing.T, s *speech.Service, rec speech.Recording, compressed bool) []byte {
	t.Helper()
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

func TestWithoutAVoiceItSaysSo(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		s, _ := service(t, db, speech.Config{Voice: "sachhon-no-such-voice"})
		if s.CanSpeak() || s.CanEncode() {
			t.Error("it claims to speak")
		}
		_, err := s.Ask(t.Context(), bulletin)
		faulttest.Is(t, err, fault.Conflict, "speech.fault.noVoice")
		if _, ok, err := s.Find(t.Context(), bulletin); ok || err != nil {
			t.Errorf("found %v, %v", ok, err)
		}
	})
}

// program writes a script that stands for a voice.
func standIn(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "voice")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAVoiceThatFails(t *testing.T) {
	for name, script := range map[string]string{
		"ends badly": "exit 3", "says nothing": "exit 0", "gives something else": "echo hello", "gives silence": `head -c 44100 /dev/zero`,
		"gives too much": `cat >/dev/null; exec head -c 200000000 /dev/zero`,
	} {
		t.Run(name, func(t *testing.T) {
			testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
				s, queue := service(t, db, speech.Config{Voice: standIn(t, script)})
				if _, err := s.Ask(t.Context(), bulletin); err != nil {
					t.Fatal(err)
				}
				_ = queue.Drain(t.Context()) // the job failed, which is what is looked at below
				rec, ok, err := s.Find(t.Context(), bulletin)
				if err != nil || !ok || rec.State != speech.Failed || rec.Failure == "" {
					t.Fatalf("%+v, %v, %v", rec, ok, err)
				}
				if _, err := s.Open(t.Context(), rec, false); !errors.Is(err, fault.NotFound) {
					t.Errorf("opened: %v", err)
				}
			})
		})
	}
}

func TestAVoiceAloneMakesWAV(t *testing.T) {
	program.Need(t, "espeak-ng", "espeak-ng")
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		s, queue := service(t, db, speech.Config{Voice: "espeak-ng", Encoder: standIn(t, "exit 1")})
		if _, err := s.Ask(t.Context(), "Xin chào"); err != nil {
			t.Fatal(err)
		}
		if err := queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		rec, _, err := s.Find(t.Context(), "Xin chào")
		if err != nil || rec.State != speech.Ready || rec.MP3Key != "" || rec.WAVKey == "" {
			t.Errorf("%+v, %v", rec, err)
		}
	})
}

func TestWhatCannotBeSpoken(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		s, _ := service(t, db, speech.DefaultConfig())
		_, err := s.Ask(t.Context(), " ... \n")
		faulttest.Is(t, err, fault.Invalid, "speech.fault.empty")
		_, err = s.Ask(t.Context(), strings.Repeat("a ", speech.MaxText))
		faulttest.Is(t, err, fault.TooLarge, "speech.fault.long")
	})
}

func FuzzParseWAV(f *testing.F) {
	good := speech.Sound{Rate: 22050, Channels: 1, Data: []byte{1, 2, 3, 4}}.WAV()
	f.Add(good)
	f.Add(good[:20])
	f.Add(bytes.Replace(good, []byte("data"), []byte("LIST"), 1))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := speech.ParseWAV(b)
		if err != nil {
			return
		}
		again, err := speech.ParseWAV(s.WAV())
		if err != nil || !bytes.Equal(again.Data, s.Data) || again.Rate != s.Rate || s.Duration() < 0 {
			t.Fatalf("%+v came back as %+v, %v", s, again, err)
		}
	})
}
