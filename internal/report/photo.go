package report

import (
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// Role says what a photo shows.
type Role string

// The roles. A slip is the paper of a carrier or a landfill; it is never public.
const (
	Before Role = "before"
	During Role = "during"
	After  Role = "after"
	Slip   Role = "slip"
)

// Roles lists the roles in the order in which people are shown them.
var Roles = []Role{Before, During, After, Slip}

func (r Role) valid() bool { return slices.Contains(Roles, r) }

// Photo is a photo that has arrived and is stored.
type Photo struct {
	ID       ident.ID
	Report   ident.ID
	Role     Role
	FileName string // as the sender's device called it; never public
	SHA256   string // of the bytes that arrived
	Size     int64
	Format   string // jpeg, png, webp, heic
	Width    int    // upright
	Height   int
	TakenAt  clock.Time // by the camera's clock, zero when it did not say
	Point    *geo.Point // by the camera, never public
	Hash     uint64     // perceptual: similar pictures differ in few bits

	CreatedBy ident.ID
	CreatedAt clock.Time
	RemovedAt clock.Time // zero while it belongs to the report
}

// Size names one of the stored forms of a photo.
type Size string

// The sizes. Large and Thumb are upright and carry no EXIF; the original is as it arrived.
const (
	Original Size = "original"
	Large    Size = "large"
	Thumb    Size = "thumb"
)

// Key returns where the blob of a size is stored. It holds the content's hash: another picture sent under the same
// identifier can never take its place.
func (p Photo) Key(size Size) string {
	return "report/" + string(p.ID) + "/" + p.SHA256[:16] + "." + string(size)
}

// Expected is a photo that was announced and has not arrived yet.
type Expected struct {
	ID       ident.ID `json:"id"`
	Role     Role     `json:"role"`
	FileName string   `json:"file_name"`
	SHA256   string   `json:"sha256"` // as its device computed it; may be empty
}

// fit returns the photo's width and height with its longer side at most size pixels long.
func (p Photo) fit(size int) (width, height int) {
	long := max(p.Width, p.Height)
	if long <= size {
		return p.Width, p.Height
	}
	return max(1, p.Width*size/long), max(1, p.Height*size/long)
}
