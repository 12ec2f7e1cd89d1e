package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"
	"testing"
	"time"

	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
)

// started is a world with a team that has begun a report.
func started(t *testing.T, db *database.DB, clk *clock.Set) (*reporttest.World, person.Actor, report.Report) {
	w := reporttest.New(t, db, clk)
	_, team := w.Team("Đoàn Tứ Hạ", "19996")
	event := w.Cleanup(team, "19996", 8)
	clk.Set(event.EndsAt.Time)
	return w, team, w.Draft(team, event, reporttest.Figures())
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func TestEightPhotosTenTimesMakeOneReport(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		_, team := w.Team("Đoàn Tứ Hạ", "19996")
		event := w.Cleanup(team, "19996", 8)
		clk.Set(event.EndsAt.Time)

		roles := []report.Role{report.Before, report.Before, report.During, report.During, report.After, report.After, report.After, report.During}
		coming := make([]report.Expected, len(roles))
		for i := range coming {
			coming[i] = report.Expected{ID: w.IDs.New(), Role: roles[i], FileName: fmt.Sprintf("%d.jpg", i), SHA256: sum(reporttest.Photo(uint64(i)))}
		}
		submission := w.IDs.New()
		send := func() error {
			v, err := w.Reports.Open(t.Context(), team, report.OpenInput{ID: w.IDs.New(), Cleanup: event.ID})
			if err != nil {
				return err
			}
			if _, err := w.Reports.Save(t.Context(), team, v.ID, reporttest.Changes(reporttest.Figures())); err != nil {
				return err
			}
			if _, err := w.Reports.Announce(t.Context(), team, v.ID, append([]report.Expected(nil), coming...)); err != nil {
				return err
			}
			for i, e := range coming {
				claim := e.SHA256
				if i%2 == 0 {
					claim = "" // as a browser without script sends it
				}
				p, err := w.Reports.AddPhoto(t.Context(), team, v.ID, report.PhotoInput{
					ID: e.ID, Role: e.Role, FileName: e.FileName, ClaimedSHA256: claim,
					Reader: bytes.NewReader(reporttest.Photo(uint64(i))),
				})
				if err != nil {
					return err
				}
				if p.ID != e.ID {
					return fmt.Errorf("photo %s was stored as %s", e.ID, p.ID)
				}
			}
			return nil
		}
		atOnce(t, 10, send)

		v, err := w.Reports.ByCleanup(t.Context(), team, event.ID)
		if err != nil || len(v.Photos) != 8 || len(v.Missing) != 0 {
			t.Fatalf("%d photos, %d missing, %v", len(v.Photos), len(v.Missing), err)
		}
		atOnce(t, 10, func() error {
			_, err := w.Reports.Submit(t.Context(), team, report.SubmitInput{ID: submission, Report: v.ID})
			return err
		})
		if v, err = w.Reports.ByCleanup(t.Context(), team, event.ID); err != nil || v.State != report.Submitted || len(v.History) != 1 {
			t.Fatalf("%s with %d steps, %v", v.State, len(v.History), err)
		}
		if len(v.History[0].Photos) != 8 {
			t.Errorf("the version names %d photos", len(v.History[0].Photos))
		}
		mine, err := w.Reports.OfEntrant(t.Context(), team, team.Represents[0])
		if err != nil || len(mine) != 1 {
			t.Errorf("the team has %d reports, %v", len(mine), err)
		}
		// A copy that comes after everything was sent in still finds its photo.
		late, err := w.Reports.AddPhoto(t.Context(), team, v.ID, report.PhotoInput{
			ID: coming[0].ID, Role: report.Before, Reader: bytes.NewReader(reporttest.Photo(0)),
		})
		if err != nil || late.SHA256 != coming[0].SHA256 {
			t.Errorf("a late copy: %+v, %v", late, err)
		}
	})
}

// atOnce runs f n times at the same time.
func atOnce(t *testing.T, n int, f func() error) {
	t.Helper()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if err := f(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// endless yields as many bytes as are asked for.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// bomb is the beginning of a PNG of 20,000 by 20,000 pixels.
func bomb() []byte {
	header := append([]byte("IHDR"), 0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(header))
}

func TestBadPhotosAreRefusedAndLeaveNothing(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := started(t, db, clk)
		good := reporttest.Photo(1)
		other := w.Cleanup(team, "19996", 9)
		clk.Set(other.EndsAt.Time)
		taken := w.AddPhoto(team, w.Draft(team, other, reporttest.Figures()), report.Before, 9)
		stored := blobs(t, w)

		for name, test := range map[string]struct {
			in   report.PhotoInput
			kind fault.Kind
			key  string
		}{
			"30 MB":          {report.PhotoInput{Reader: io.LimitReader(endless{}, 30<<20)}, fault.TooLarge, "imaging.fault.tooManyBytes"},
			"a PNG bomb":     {report.PhotoInput{Reader: bytes.NewReader(bomb())}, fault.TooLarge, "imaging.fault.tooManyPixels"},
			"a text":         {report.PhotoInput{FileName: "anh.jpg", Reader: bytes.NewReader([]byte("không phải ảnh"))}, fault.Unsupported, "imaging.fault.format"},
			"half a photo":   {report.PhotoInput{Reader: bytes.NewReader(good[:len(good)/2])}, fault.Invalid, "imaging.fault.cut"},
			"nothing":        {report.PhotoInput{Reader: bytes.NewReader(nil)}, fault.Invalid, "imaging.fault.empty"},
			"damaged":        {report.PhotoInput{ClaimedSHA256: sum([]byte("x")), Reader: bytes.NewReader(good)}, fault.Invalid, "report.fault.photoDamaged"},
			"no hash":        {report.PhotoInput{ClaimedSHA256: "abc", Reader: bytes.NewReader(good)}, fault.Malformed, "fault.malformed"},
			"no identifier":  {report.PhotoInput{ID: "../../x", Reader: bytes.NewReader(good)}, fault.Malformed, "fault.malformed"},
			"no such role":   {report.PhotoInput{Role: "selfie", Reader: bytes.NewReader(good)}, fault.Invalid, "report.fault.photoRole"},
			"another's name": {report.PhotoInput{ID: taken.ID, Reader: bytes.NewReader(good)}, fault.Conflict, "report.fault.photoTaken"},
		} {
			if test.in.Role == "" {
				test.in.Role = report.Before
			}
			_, err := w.Reports.AddPhoto(t.Context(), team, r.ID, test.in)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != test.kind || f.Key != test.key {
				t.Errorf("%s: %v, want %s %s", name, err, test.kind, test.key)
			}
		}
		if v, err := w.Reports.Get(t.Context(), team, r.ID); err != nil || len(v.Photos) != 0 {
			t.Errorf("%d photos are there, %v", len(v.Photos), err)
		}
		if now := blobs(t, w); now != stored {
			t.Errorf("%d blobs became %d", stored, now)
		}
	})
}

func blobs(t *testing.T, w *reporttest.World) (n int) {
	t.Helper()
	err := w.Blobs.Walk(t.Context(), "", func(blob.Info) error { n++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheSamePhotoAgain(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := started(t, db, clk)
		first := w.AddPhoto(team, r, report.Before, 1)
		if again := w.AddPhoto(team, r, report.After, 1); again.ID != first.ID || again.Role != report.Before {
			t.Errorf("the same picture came back as %+v", again)
		}
		// A picture that is here already need not be read.
		known, err := w.Reports.AddPhoto(t.Context(), team, r.ID, report.PhotoInput{
			ID: w.IDs.New(), Role: report.Before, ClaimedSHA256: first.SHA256, Reader: bytes.NewReader(nil),
		})
		if err != nil || known.ID != first.ID {
			t.Errorf("a known picture came back as %+v, %v", known, err)
		}
		_, err = w.Reports.AddPhoto(t.Context(), team, r.ID, report.PhotoInput{
			ID: first.ID, Role: report.Before, ClaimedSHA256: sum(reporttest.Photo(2)), Reader: bytes.NewReader(reporttest.Photo(2)),
		})
		if !errors.Is(err, fault.Conflict) {
			t.Errorf("another picture under the same identifier: %v", err)
		}
		// Announced under another name, it is not missing once the same picture is here.
		missing, err := w.Reports.Announce(t.Context(), team, r.ID, []report.Expected{
			{ID: w.IDs.New(), Role: report.Before, SHA256: first.SHA256}, {ID: w.IDs.New(), Role: report.After},
		})
		if err != nil || len(missing) != 1 || missing[0].Role != report.After {
			t.Fatalf("missing %+v, %v", missing, err)
		}
		p, err := w.Reports.AddPhoto(t.Context(), team, r.ID, report.PhotoInput{
			ID: missing[0].ID, Role: report.After, Reader: bytes.NewReader(reporttest.Photo(1)),
		})
		if err != nil || p.ID != first.ID {
			t.Errorf("got %+v, %v", p, err)
		}
		if v, err := w.Reports.Get(t.Context(), team, r.ID); err != nil || len(v.Photos) != 1 || len(v.Missing) != 0 {
			t.Errorf("%d photos, %d missing, %v", len(v.Photos), len(v.Missing), err)
		}
	})
}

func TestRemovingPhotos(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := started(t, db, clk)
		p := w.AddPhoto(team, r, report.Before, 1)
		remove := func(id ident.ID) error { return w.Reports.RemovePhoto(t.Context(), team, r.ID, id) }
		for range 2 {
			if err := remove(p.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := blobs(t, w); n != 0 {
			t.Errorf("%d blobs of a removed photo are left", n)
		}
		_, err := w.Reports.AddPhoto(t.Context(), team, r.ID, report.PhotoInput{ID: p.ID, Role: report.Before, Reader: bytes.NewReader(reporttest.Photo(1))})
		if !errors.Is(err, fault.Gone) {
			t.Errorf("a late copy of a removed photo: %v", err)
		}
		back := w.AddPhoto(team, r, report.Before, 1) // chosen anew
		w.AddPhoto(team, r, report.After, 2)
		if r, err = w.Reports.Submit(t.Context(), team, report.SubmitInput{Report: r.ID}); err != nil {
			t.Fatal(err)
		}
		if err := remove(back.ID); !errors.Is(err, fault.Conflict) {
			t.Errorf("a photo was removed from a report that is with the board: %v", err)
		}
		r = w.Decided(w.Board, r, report.Mend)
		if err := remove(back.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		file, err := w.Reports.OpenPhoto(t.Context(), w.Board, back.ID, report.Original)
		if err != nil {
			t.Fatalf("the board lost a photo of the version that was sent in: %v", err)
		}
		_ = file.Close()
		if v, err := w.Reports.Get(t.Context(), team, r.ID); err != nil || len(v.Photos) != 1 {
			t.Errorf("%d photos, %v", len(v.Photos), err)
		}
	})
}

func TestTooManyPhotos(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := started(t, db, clk)
		most := w.Challenge.Parameters.PhotosAtMost
		coming := make([]report.Expected, most+1)
		for i := range coming {
			coming[i] = report.Expected{ID: w.IDs.New(), Role: report.During}
		}
		if _, err := w.Reports.Announce(t.Context(), team, r.ID, coming); !errors.Is(err, fault.Invalid) {
			t.Errorf("%d photos were announced: %v", len(coming), err)
		}
		missing, err := w.Reports.Announce(t.Context(), team, r.ID, coming[:most])
		if err != nil || len(missing) != most {
			t.Fatalf("%d missing, %v", len(missing), err)
		}
		_, err = w.Reports.Submit(t.Context(), team, report.SubmitInput{Report: r.ID})
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Fields[len(f.Fields)-1].Key != "report.fault.photosMissing" {
			t.Errorf("sent in with photos on their way: %v", err)
		}
	})
}

// exif is a JPEG segment in which a camera says when it took the picture.
func exif(at string) []byte {
	// TIFF: one directory that points to the EXIF directory, whose only entry is DateTimeOriginal.
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08" +
		"\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00" +
		"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00\x2c\x00\x00\x00\x00" + at + "\x00")
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

func TestOnlyTheOriginalKeepsWhatTheCameraWrote(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := started(t, db, clk)
		plain := reporttest.Photo(1)
		sent := append(append(append([]byte{}, plain[:2]...), exif("2024:06:08 07:15:00")...), plain[2:]...)
		p, err := w.Reports.AddPhoto(t.Context(), team, r.ID, report.PhotoInput{Role: report.Before, Reader: bytes.NewReader(sent)})
		if err != nil {
			t.Fatal(err)
		}
		if want := clock.Date(2024, time.June, 8, 7, 15); p.TakenAt != want || p.Width != 96 || p.Height != 64 || p.SHA256 != sum(sent) {
			t.Errorf("kept %+v", p)
		}
		for _, size := range []report.Size{report.Original, report.Large, report.Thumb} {
			file, err := w.Reports.OpenPhoto(t.Context(), team, p.ID, size)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(file)
			_ = file.Close()
			if err != nil || int64(len(got)) != file.Size || file.MediaType != "image/jpeg" {
				t.Errorf("%s: %d bytes of %d %s, %v", size, len(got), file.Size, file.MediaType, err)
			}
			if size == report.Original && !bytes.Equal(got, sent) {
				t.Error("the original is not what was sent")
			}
			if size != report.Original && bytes.Contains(got, []byte("Exif")) {
				t.Errorf("%s keeps what the camera wrote", size)
			}
		}
	})
}
