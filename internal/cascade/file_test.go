package cascade_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// snapshot is a photo with something that the camera wrote.
func snapshot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 9)), nil); err != nil {
		t.Fatal(err)
	}
	wrote := append([]byte("Exif\x00\x00"), "107.46 E"...)
	segment := append([]byte{0xff, 0xe1, 0, byte(len(wrote) + 2)}, wrote...)
	return append(append(b.Bytes()[:2:2], segment...), b.Bytes()[2:]...)
}

func pdf(name string) cascade.FileInput {
	return cascade.FileInput{Name: name, Content: strings.NewReader("%PDF-1.7 " + name)}
}

// names are those of files.
func names(files []cascade.File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Name)
	}
	return list
}

func wantNames(t *testing.T, what string, files []cascade.File, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, names(files)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", what, diff)
	}
}

// A duty, one time of it and a person's part are confirmed with their proof, or before it; it follows until the letter is
// reported as done.
func TestProofComesWithTheWorkOrLater(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20008")
		clerk, hand := d.Actor(person.Clerk, ward), d.Clerk(t, "canbo@huongxuan.example", ward)
		_, sent := d.Sent(t, ward)
		id := sent[0].ID
		got := must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, id))
		must[cascade.Dispatch](t)(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Văn phòng"}))
		part := d.IDs.New()
		for range 2 { // the answer was lost
			must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{
				Dispatch: id, Duty: 1, People: []cascade.PersonPart{{ID: part, Person: hand.ID}},
			}))
		}
		d.Drain(t)
		if mails := d.Post.To("canbo@huongxuan.example"); len(mails) != 2 || !strings.Contains(mails[1].Text, "/nhiem-vu/1") {
			t.Errorf("the letter and the part were told as %+v", mails)
		}
		duty := func(n int) cascade.Duty {
			t.Helper()
			one := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)).Duties[n-1]
			tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, id, n))
			if diff := cmp.Diff(names(tree.Duty.Files), names(one.Files)); diff != "" {
				t.Errorf("the page of the duty and that of the letter differ (-duty +letter)\n%s", diff)
			}
			return one
		}

		for range 2 { // the answer was lost
			must[cascade.Part](t)(d.Cascade.FinishPart(t.Context(), hand, part, true, "Xong", pdf(`C:\anh\bien-ban.pdf`)))
		}
		wantNames(t, "the part", duty(1).FilesOf(part, ""), "bien-ban.pdf")
		tick := d.IDs.New()
		for range 2 {
			must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), clerk, cascade.TickInput{
				ID: tick, Dispatch: id, Duty: 1, Count: 1, Files: []cascade.FileInput{pdf("chu-nhat.pdf"), {Name: "loa.jpg", Content: bytes.NewReader(snapshot(t))}},
			}))
		}
		wantNames(t, "the tick", duty(1).FilesOf("", tick), "chu-nhat.pdf", "loa.jpg")
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, 1, true, "", pdf("nhat-ky.pdf")))
		wantNames(t, "the duty itself", duty(1).FilesOf("", ""), "nhat-ky.pdf")
		if n := len(duty(1).Files); n != 4 {
			t.Errorf("%d files of the duty, want 4", n)
		}

		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, 2, true, "Mạng yếu")) // first the word, then the file
		bare := duty(2)
		bare.Proof = "báo cáo"
		if !bare.Unproven() || len(bare.Files) != 0 {
			t.Errorf("done without proof: %+v", bare)
		}
		add := cascade.FilesInput{Dispatch: id, Duty: 2}
		faulttest.Is(t, d.Cascade.AddFiles(t.Context(), clerk, add), fault.Invalid, "cascade.fault.fileMissing")
		for range 2 {
			add.Files = []cascade.FileInput{pdf("bao-cao.pdf")}
			if err := d.Cascade.AddFiles(t.Context(), clerk, add); err != nil {
				t.Fatal(err)
			}
		}
		late := duty(2)
		late.Proof = "báo cáo"
		wantNames(t, "later", late.Files, "bao-cao.pdf")
		if late.Unproven() {
			t.Error("the proof that followed is not seen")
		}

		// The part that was proved stays; what was ticked by mistake goes with its files.
		must[cascade.Part](t)(d.Cascade.FinishPart(t.Context(), hand, part, false, ""))
		faulttest.Is(t, d.Cascade.RemovePart(t.Context(), clerk, part), fault.Conflict, "cascade.fault.partBegun")
		if err := d.Cascade.RemoveTick(t.Context(), clerk, id, tick); err != nil {
			t.Fatal(err)
		}
		wantNames(t, "without the tick", duty(1).Files, "bien-ban.pdf", "nhat-ky.pdf")
		mistake := duty(1).FilesOf(part, "")[0].ID
		for range 2 {
			if err := d.Cascade.RemoveFile(t.Context(), hand, id, 1, mistake); err != nil {
				t.Fatal(err)
			}
		}
		wantNames(t, "without the one taken back", duty(1).Files, "nhat-ky.pdf")

		kept := late.Files[0].ID
		must[cascade.Dispatch](t)(d.Cascade.Complete(t.Context(), clerk, id, ""))
		add.Files = []cascade.FileInput{pdf("qua-muon.pdf")}
		faulttest.Is(t, d.Cascade.AddFiles(t.Context(), clerk, add), fault.Conflict, "cascade.fault.fileReported")
		faulttest.Is(t, d.Cascade.RemoveFile(t.Context(), clerk, id, 2, kept), fault.Conflict, "cascade.fault.fileReported")
		_, err := d.Cascade.FinishDuty(t.Context(), clerk, id, 2, true, "", pdf("qua-muon.pdf"))
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.fileReported")
		wantNames(t, "after the report", duty(2).Files, "bao-cao.pdf")

		var logged int
		if err := db.Get(t.Context(), &logged, `SELECT count(*) FROM audit_entry WHERE kind = $1`, "duty_file"); err != nil {
			t.Fatal(err)
		}
		if logged != 6 { // five brought and one taken back; those of the tick stand in its entry
			t.Errorf("%d entries about files in the log, want 6", logged)
		}
	})
}

// A record of publicity with a photo proves the duty that it is about.
func TestARecordOfPublicityProvesItsDuty(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20008")
		clerk := d.Actor(person.Clerk, ward)
		_, sent := d.Sent(t, ward)
		id := sent[0].ID
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, id))
		for _, n := range []int{1, 2} {
			must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, n, true, ""))
		}
		must[cascade.Publicity](t)(d.Cascade.Publicise(t.Context(), clerk, cascade.PublicityInput{
			ID: d.IDs.New(), Dispatch: id, Duty: 1, Channel: "loudspeaker", At: clock.At(clk.Now()), Place: "Tổ 3", Times: 1,
			File: bytes.NewReader(snapshot(t)), FileName: "loa.jpg",
		}))
		for n, want := range map[int]bool{1: false, 2: true} {
			one := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)).Duties[n-1]
			tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, id, n)).Duty
			one.Proof, tree.Proof = "ảnh chụp", "ảnh chụp"
			if one.Unproven() != want || tree.Unproven() != want {
				t.Errorf("duty %d: unproven %v on the letter's page, %v on its own", n, one.Unproven(), tree.Unproven())
			}
		}
	})
}

// The unit has its own bytes; those above on the way see the photo without what the camera wrote, on whatever tier; nobody
// else sees anything.
func TestWhoSeesTheProof(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		union := d.Unit(t, "480.DTN") // does not answer to the town, nor do its branches
		branches := d.Tree.Subordinates(union.ID)
		if len(branches) < 2 {
			t.Fatal("the town's Youth Union has no two branches")
		}
		middle, lower := d.Actor(person.Clerk, union), d.Actor(person.Clerk, branches[0])
		_, sent := d.Sent(t, union)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), middle, sent[0].ID))
		r := must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), middle, cascade.SplitInput{
			Dispatch: sent[0].ID, Duty: 2, Units: []cascade.UnitPart{{Unit: branches[0].ID}, {Unit: branches[1].ID}},
		}))
		d.Drain(t)
		var id ident.ID
		for _, one := range r.Dispatches {
			if one.ReceiverID == branches[0].ID {
				id = one.ID
			}
		}
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), lower, id))
		number := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), lower, id)).Duties[0].Number
		photo := snapshot(t)
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), lower, id, number, true, "",
			cascade.FileInput{Name: "ra quan.jpeg", Content: bytes.NewReader(photo)}, pdf("bien-ban.pdf")))
		files := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), lower, id, number)).Duty.Files
		open := func(a person.Actor, f cascade.File) ([]byte, string, error) {
			file, got, err := d.Cascade.DutyFile(t.Context(), a, id, number, f.ID)
			if err != nil {
				return nil, "", err
			}
			defer file.Close()
			b, err := io.ReadAll(file)
			return b, got.Name, err
		}
		own, name, err := open(lower, files[0])
		if err != nil || !bytes.Equal(own, photo) || name != "ra quan.jpeg" {
			t.Errorf("the unit's own file: %d bytes of %q, %v", len(own), name, err)
		}
		town := d.Actor(person.Leader, d.Town)
		for who, a := range map[string]person.Actor{"the union": middle, "the town": town} {
			got, name, err := open(a, files[0])
			if err != nil || bytes.Contains(got, []byte("Exif")) || name != "ra quan.jpg" {
				t.Errorf("%s gets %d bytes of %q, %v", who, len(got), name, err)
			}
			if m, err := jpeg.Decode(bytes.NewReader(got)); err != nil || m.Bounds() != image.Rect(0, 0, 16, 9) {
				t.Errorf("%s gets no picture: %v", who, err)
			}
			if got, name, err := open(a, files[1]); err != nil || string(got) != "%PDF-1.7 bien-ban.pdf" || name != "bien-ban.pdf" {
				t.Errorf("%s gets %q of %q, %v", who, got, name, err)
			}
		}

		top := must[cascade.DutyTree](t)(d.Cascade.LetterDuty(t.Context(), town, sent[0].LetterID, 2))
		wantNames(t, "from the top", top.Nodes[len(top.Nodes)-len(branches[:2])].Duty.Files, "ra quan.jpeg", "bien-ban.pdf")
		far := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), town, id, number))
		if far.From != d.Town.ID || far.Letter.ID != sent[0].LetterID || len(far.Duty.Files) != 2 {
			t.Errorf("the town sees the branch's duty as %s with %d files", far.From, len(far.Duty.Files))
		}
		if _, err := d.Cascade.Get(t.Context(), town, id); !errors.Is(err, fault.Forbidden) {
			t.Errorf("the town reads what the union wrote to its branch: %v", err)
		}

		sibling := d.Actor(person.Clerk, branches[1])
		for who, a := range map[string]person.Actor{"a sibling": sibling, "a ward": d.Actor(person.Clerk, d.Unit(t, "20008"))} {
			if _, _, err := open(a, files[0]); !errors.Is(err, fault.Forbidden) {
				t.Errorf("%s opens the file: %v", who, err)
			}
			if _, err := d.Cascade.DutyTree(t.Context(), a, id, number); !errors.Is(err, fault.Forbidden) {
				t.Errorf("%s sees the duty: %v", who, err)
			}
		}
		for who, a := range map[string]person.Actor{"a sibling": sibling, "the sender": middle, "the town": town} {
			in := cascade.FilesInput{Dispatch: id, Duty: number, Files: []cascade.FileInput{pdf("x.pdf")}}
			faulttest.Is(t, d.Cascade.AddFiles(t.Context(), a, in), fault.Forbidden, "")
			if err := d.Cascade.RemoveFile(t.Context(), a, id, number, files[0].ID); !errors.Is(err, fault.Forbidden) {
				t.Errorf("%s takes the file back: %v", who, err)
			}
		}
		// Under the number of another duty, or another dispatch, there is no such file.
		_, _, err = d.Cascade.DutyFile(t.Context(), lower, id, number+1, files[0].ID)
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.file")
		_, _, err = d.Cascade.DutyFile(t.Context(), middle, sent[0].ID, number, files[0].ID)
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.file")
	})
}

// What cannot be taken says of which file and why, and nothing is done by half.
func TestBadProofIsNamed(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward, other := d.Unit(t, "20008"), d.Unit(t, "20011")
		clerk, neighbour := d.Actor(person.Clerk, ward), d.Actor(person.Clerk, other)
		_, sent := d.Sent(t, ward, other)
		mine, theirs := sent[0].ID, sent[1].ID
		if sent[0].ReceiverID != ward.ID {
			mine, theirs = theirs, mine
		}
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, mine))
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), neighbour, theirs))
		tick, part := d.IDs.New(), d.IDs.New()
		must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), clerk, cascade.TickInput{ID: tick, Dispatch: mine, Duty: 1, Count: 1}))
		must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), neighbour, cascade.SplitInput{
			Dispatch: theirs, Duty: 1, People: []cascade.PersonPart{{ID: part, Name: "Nguyễn Văn Mẫu"}},
		}))
		many := func(from, n int) []cascade.FileInput {
			var files []cascade.FileInput
			for i := range n {
				files = append(files, pdf(fmt.Sprintf("%d.pdf", from+i)))
			}
			return files
		}
		bad := map[string]struct {
			files []cascade.FileInput
			kind  fault.Kind
			key   string
		}{
			"a text":    {[]cascade.FileInput{pdf("a.pdf"), {Name: "loa.jpg", Content: strings.NewReader("chữ")}}, fault.Unsupported, "cascade.fault.fileKind"},
			"empty":     {[]cascade.FileInput{{Name: "rong.pdf", Content: strings.NewReader("")}}, fault.Invalid, "cascade.fault.fileNamedEmpty"},
			"too large": {[]cascade.FileInput{{Name: "to.pdf", Content: bytes.NewReader(make([]byte, cascade.MaxFileBytes+1))}}, fault.TooLarge, "cascade.fault.fileSize"},
			"eleven":    {many(0, cascade.MaxFiles+1), fault.Invalid, "cascade.fault.fileCount"},
			"a name":    {[]cascade.FileInput{pdf(strings.Repeat("ế", 400) + ".pdf")}, fault.Invalid, ""},
		}
		for name, c := range bad {
			_, err := d.Cascade.FinishDuty(t.Context(), clerk, mine, 1, true, "Ghi chú", c.files...)
			faulttest.Is(t, err, c.kind, c.key)
			if keys := faulttest.Keys(err); keys["file"] == "" {
				t.Errorf("%s: the fault stands at %v", name, keys)
			}
		}
		if one := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, mine)).Duties[0]; one.Done() || len(one.Files) != 0 {
			t.Errorf("done by half: %+v", one)
		}

		if err := d.Cascade.AddFiles(t.Context(), clerk, cascade.FilesInput{Dispatch: mine, Duty: 1, Files: many(0, cascade.MaxFiles)}); err != nil {
			t.Fatal(err)
		}
		faulttest.Is(t, d.Cascade.AddFiles(t.Context(), clerk, cascade.FilesInput{Dispatch: mine, Duty: 1, Files: many(cascade.MaxFiles, 1)}),
			fault.Invalid, "cascade.fault.fileCount")
		if n := len(must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, mine)).Duties[0].Files); n != cascade.MaxFiles {
			t.Errorf("%d files", n)
		}

		for name, c := range map[string]struct {
			in   cascade.FilesInput
			kind fault.Kind
			key  string
		}{
			"no such duty":             {cascade.FilesInput{Dispatch: mine, Duty: 9}, fault.NotFound, "cascade.fault.duty"},
			"a tick of another duty":   {cascade.FilesInput{Dispatch: mine, Duty: 2, Tick: tick}, fault.NotFound, "cascade.fault.tick"},
			"a part of another's duty": {cascade.FilesInput{Dispatch: mine, Duty: 1, Part: part}, fault.NotFound, "cascade.fault.part"},
			"another's duty":           {cascade.FilesInput{Dispatch: theirs, Duty: 1}, fault.Forbidden, ""},
			"no such dispatch":         {cascade.FilesInput{Dispatch: d.IDs.New(), Duty: 1}, fault.NotFound, ""},
		} {
			c.in.Files = []cascade.FileInput{pdf("x.pdf")}
			t.Log(name)
			faulttest.Is(t, d.Cascade.AddFiles(t.Context(), clerk, c.in), c.kind, c.key)
		}
	})
}
