package progress_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
)

// TestThePhotoOfAnActivityGoesUpWithoutItsPosition: the unit gets back what it brought, those above get the pixels alone.
func TestThePhotoOfAnActivityGoesUpWithoutItsPosition(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(other)
		clerk := w.Actor(person.Clerk, u)
		var b bytes.Buffer
		w.Must(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 9)), nil))
		wrote := append([]byte("Exif\x00\x00"), "107.46 E"...)
		photo := append(append(b.Bytes()[:2:2], append([]byte{0xff, 0xe1, 0, byte(len(wrote) + 2)}, wrote...)...), b.Bytes()[2:]...)
		noted, err := w.Progress.Note(t.Context(), clerk, progress.ActivityInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Kind: progress.CleanupHeld, Day: "2024-06-12", Place: "Ngã ba chợ",
			File: bytes.NewReader(photo), FileName: "ra quan.jpeg",
		})
		w.Must(err)
		for name, c := range map[string]struct {
			actor person.Actor
			own   bool
			saved string
		}{"its clerk": {clerk, true, "ra quan.jpeg"}, "the town's clerk": {w.Actor(person.Clerk, w.Town), false, "ra quan.jpg"}} {
			f, a, err := w.Progress.ActivityFile(t.Context(), c.actor, noted.Activity.ID)
			w.Must(err)
			got, err := io.ReadAll(f)
			w.Must(err)
			w.Must(f.Close())
			if bytes.Equal(got, photo) != c.own || bytes.Contains(got, []byte("Exif")) != c.own || a.FileName != c.saved || len(got) == 0 {
				t.Errorf("%s gets %d bytes as %q", name, len(got), a.FileName)
			}
		}
	})
}
