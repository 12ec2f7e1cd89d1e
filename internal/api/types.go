package api

import "time"

// The types here are the documents of the API, for the OpenAPI document and for those answers that no read model
// prepared. Statistics and Standings are the form of what package insight encodes; the test of the document holds the
// two together.

// Statistics are the totals of a challenge.
type Statistics struct {
	Registrations Registrations `json:"registrations"`
	Cleanups      Counts        `json:"cleanups"`
	Participants  int64         `json:"participants" doc:"People who took part, summed over the valid reports" minimum:"0"`
	Waste         Waste         `json:"waste_grams"`
	AsOf          time.Time     `json:"as_of" doc:"Time of the last change in the challenge that is counted; the same data have the same time"`
}

// Registrations count the entrants that stand: awaiting a decision or approved.
type Registrations struct {
	Total      int64 `json:"total" doc:"Entrants that are not refused, withdrawn or disqualified" minimum:"0"`
	Collective int64 `json:"collective" doc:"Collectives among them" minimum:"0"`
	Individual int64 `json:"individual" doc:"Individuals among them" minimum:"0"`
}

// Counts count clean-ups.
type Counts struct {
	Created int64 `json:"created" doc:"Clean-ups that were ever announced" minimum:"0"`
	Valid   int64 `json:"valid" doc:"Clean-ups whose report the board found valid" minimum:"0"`
}

// Waste is a weight per waste type.
type Waste struct {
	Organic      int64 `json:"organic" doc:"Grams of organic waste, from valid reports after any adjustment" minimum:"0"`
	Plastic      int64 `json:"plastic" doc:"Grams of plastic" minimum:"0"`
	Metal        int64 `json:"metal" doc:"Grams of metal" minimum:"0"`
	Construction int64 `json:"construction" doc:"Grams of construction waste" minimum:"0"`
	Paper        int64 `json:"paper" doc:"Grams of paper" minimum:"0"`
	Glass        int64 `json:"glass" doc:"Grams of glass" minimum:"0"`
	Hazardous    int64 `json:"hazardous" doc:"Grams of hazardous waste" minimum:"0"`
	Other        int64 `json:"other" doc:"Grams of other waste" minimum:"0"`
}

// Standings is the table of one division.
type Standings struct {
	Division    string    `json:"division" enum:"collective,individual"`
	Final       bool      `json:"final" doc:"Whether this is the published table, which later changes of reports do not move"`
	Publication int       `json:"publication,omitempty" doc:"Number of the publication, when final"`
	Scheme      int       `json:"scheme" doc:"Version of the scoring scheme"`
	AsOf        time.Time `json:"as_of" doc:"When it was published, or the time of the last change that is counted"`
	Rows        []Row     `json:"rows" nullable:"false" doc:"Best first"`
}

// Row is a place of an entrant.
type Row struct {
	Rank         int       `json:"rank" doc:"Counts from 1; shared while only the draw would separate" minimum:"1"`
	Entrant      Entrant   `json:"entrant"`
	Points       int64     `json:"points" doc:"Thousandths of a point, computed as docs/scoring.md says"`
	Reports      int64     `json:"reports" doc:"Valid reports" minimum:"0"`
	Participants int64     `json:"participants" doc:"People, summed over the valid reports" minimum:"0"`
	Grams        int64     `json:"grams" doc:"Waste of all types in grams, from the valid reports" minimum:"0"`
	SendBacks    int64     `json:"send_backs" doc:"How often reports were sent back to be mended" minimum:"0"`
	LastAt       time.Time `json:"last_at" doc:"When the last valid report was handed in; the year 1 when there is none"`
	Decided      string    `json:"decided,omitempty" enum:"points,send_backs,last_report,draw,shared" doc:"The rule that put it below its neighbour"`
	Prize        *Prize    `json:"prize,omitempty"`
}

// Prize is what a place won.
type Prize struct {
	Title  string `json:"title" doc:"In the organiser's words"`
	Amount int64  `json:"amount" doc:"In đồng" minimum:"0"`
}

// Entrant is an entrant as everybody may know it.
type Entrant struct {
	ID     string `json:"id" format:"uuid"`
	Number int    `json:"number" doc:"Number within the challenge" minimum:"0"`
	Name   string `json:"name" doc:"Public name; empty when it is hidden, as that of every minor"`
	Unit   string `json:"unit" doc:"Identifier of its unit"`
}

// Span is a stretch of time that includes its beginning and not its end.
type Span struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

// ChallengeList holds the challenges.
type ChallengeList struct {
	Challenges []Challenge `json:"challenges" nullable:"false" doc:"The newest first"`
}

// Challenge is one edition.
type Challenge struct {
	ID             string     `json:"id" format:"uuid"`
	Slug           string     `json:"slug" doc:"Name in addresses"`
	Title          string     `json:"title"`
	Summary        string     `json:"summary"`
	State          string     `json:"state" enum:"announced,registration_open,running,reporting_closed,judging,published,archived"`
	Organiser      string     `json:"organiser" doc:"Identifier of the unit whose board runs it"`
	Area           string     `json:"area" doc:"Identifier of the unit in whose territory it takes place"`
	Registration   Span       `json:"registration" doc:"When entrants register"`
	Period         Span       `json:"period" doc:"When clean-ups take place"`
	ReportingUntil time.Time  `json:"reporting_until" doc:"No report is accepted from here on"`
	Zone           string     `json:"zone" doc:"Time zone in which its dates are meant"`
	Divisions      []Division `json:"divisions" nullable:"false"`
	Synthetic      bool       `json:"synthetic" doc:"The entries are made up"`
}

// Division is a group of entrants ranked among themselves.
type Division struct {
	Code            string          `json:"code" enum:"collective,individual"`
	MinParticipants int             `json:"min_participants" doc:"People that a valid report needs"`
	Prizes          []DivisionPrize `json:"prizes" nullable:"false" doc:"Best first"`
}

// DivisionPrize is given to the next Count entrants of the ranking.
type DivisionPrize struct {
	Title  string `json:"title" doc:"In the organiser's words"`
	Count  int    `json:"count"`
	Amount int64  `json:"amount" doc:"In đồng, each"`
}

// ChallengeDetail is a challenge with all that its results follow from.
type ChallengeDetail struct {
	Challenge
	Parameters     Parameters       `json:"parameters"`
	Rules          []RulesText      `json:"rules" nullable:"false" doc:"All versions, the newest first"`
	Scheme         *Scheme          `json:"scheme,omitempty" doc:"The newest scoring scheme"`
	SeedCommitment string           `json:"seed_commitment" doc:"SHA-256 of the seed that breaks the last ties, in hexadecimal"`
	Seed           string           `json:"seed" doc:"The seed in hexadecimal; empty until the results are published"`
	Documents      []Document       `json:"documents" nullable:"false" doc:"In the order in which they were added"`
	Publications   []PublicationRef `json:"publications" nullable:"false" doc:"The newest first"`
}

// Parameters are the figures of the rules.
type Parameters struct {
	AnnounceAheadMinutes    int   `json:"announce_ahead_minutes" doc:"How long before its beginning a clean-up is announced, in minutes"`
	LongestCleanupHours     int   `json:"longest_cleanup_hours"`
	ReportWithinHours       int   `json:"report_within_hours" doc:"After the end of the clean-up"`
	FixWithinHours          int   `json:"fix_within_hours" doc:"For a report that was sent back"`
	PhotosBefore            int   `json:"photos_before" doc:"Least number of photos taken before"`
	PhotosAfter             int   `json:"photos_after" doc:"Least number of photos taken after"`
	PhotosAtMost            int   `json:"photos_at_most"`
	GuardianUnder           int   `json:"guardian_under" doc:"Years: younger ones need their guardian's consent"`
	ConsentFrom             int   `json:"consent_from" doc:"Years: from here on a child consents too"`
	NameHiddenUnder         int   `json:"name_hidden_under" doc:"Years: the name of anybody younger is shown nowhere"`
	MaxGramsPerType         int64 `json:"max_grams_per_type" doc:"A larger figure is refused as a slip, in grams"`
	CarrierSlipAboveGrams   int64 `json:"carrier_slip_above_grams" doc:"More in all asks for a carrier's slip, in grams"`
	HazardousNoteAboveGrams int64 `json:"hazardous_note_above_grams" doc:"More hazardous waste asks for a hand-over note, in grams"`
}

// RulesText is one version of the rules.
type RulesText struct {
	Number int       `json:"number"`
	Since  time.Time `json:"since" doc:"In force from here on"`
	Text   string    `json:"text" doc:"Markdown"`
}

// Scheme is a version of the scoring scheme.
type Scheme struct {
	Number   int       `json:"number"`
	Since    time.Time `json:"since" doc:"In force from here on"`
	Document any       `json:"document" doc:"The parameters of the formula in docs/scoring.md; points per kilogram in thousandths, band limits in grams"`
}

// Document is a file to download.
type Document struct {
	ID        string    `json:"id" format:"uuid"`
	Kind      string    `json:"kind" enum:"plan,letter,rules,form,other"`
	Title     string    `json:"title"`
	Symbol    string    `json:"symbol" doc:"Number and notation of an official document"`
	FileName  string    `json:"file_name"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size" doc:"Bytes"`
	SHA256    string    `json:"sha256" doc:"Of the content, in hexadecimal"`
	URL       string    `json:"url" doc:"Where it is downloaded from, on this host"`
	AddedAt   time.Time `json:"added_at"`
}

// PublicationRef names one publication of results.
type PublicationRef struct {
	Number      int       `json:"number"`
	Reason      string    `json:"reason" doc:"Why an earlier one was corrected"`
	SHA256      string    `json:"sha256" doc:"Of the document, in hexadecimal"`
	PublishedAt time.Time `json:"published_at"`
	URL         string    `json:"url" doc:"Where the document is, on this host"`
}

// CleanupList is one page of clean-ups.
type CleanupList struct {
	Cleanups []Cleanup `json:"cleanups" nullable:"false" doc:"The one that begins last first"`
	Next     string    `json:"next" doc:"The cursor of the next page, empty on the last one"`
	AsOf     time.Time `json:"as_of" doc:"Time of the last change in the challenge that is counted"`
}

// Cleanup is a clean-up as lists show it.
type Cleanup struct {
	ID           string    `json:"id" format:"uuid"`
	State        string    `json:"state" enum:"announced,under_way,ended,reported,valid,invalid,cancelled" doc:"As of now; only a valid one counts"`
	StartsAt     time.Time `json:"starts_at"`
	EndsAt       time.Time `json:"ends_at"`
	Place        string    `json:"place" doc:"In words"`
	Unit         string    `json:"unit" doc:"Identifier of the unit in which it takes place"`
	Point        *Point    `json:"point,omitempty" doc:"Left out when nobody marked it on the map"`
	Entrant      Entrant   `json:"entrant"`
	Participants int64     `json:"participants" doc:"People of the valid report, else 0" minimum:"0"`
	Grams        int64     `json:"grams" doc:"Waste of all types of the valid report in grams, else 0" minimum:"0"`
}

// Point is a place in degrees (WGS 84).
type Point struct {
	Lat float64 `json:"lat" minimum:"-90" maximum:"90"`
	Lon float64 `json:"lon" minimum:"-180" maximum:"180"`
}

// CleanupDetail is a clean-up with its result.
type CleanupDetail struct {
	Cleanup
	Challenge   string     `json:"challenge" doc:"Slug of its challenge"`
	Description string     `json:"description"`
	Expected    int        `json:"expected" doc:"People who were expected"`
	AnnouncedAt time.Time  `json:"announced_at"`
	CancelledAt *time.Time `json:"cancelled_at,omitempty" doc:"Left out unless it was called off"`
	Result      *Result    `json:"result,omitempty" doc:"Left out until the board found the report valid"`
}

// Result is what a valid report says.
type Result struct {
	Minutes  int64             `json:"minutes" doc:"How long it took, in minutes"`
	Waste    Waste             `json:"waste_grams"`
	Methods  map[string]string `json:"methods" doc:"Per waste type that was found: weighed or estimated"`
	Adjusted bool              `json:"adjusted" doc:"The board corrected the entrant's figures"`
	ValidAt  time.Time         `json:"valid_at"`
	Photos   []Photo           `json:"photos" nullable:"false" doc:"Before, during, after; without EXIF"`
}

// Photo is a public photo.
type Photo struct {
	ID     string `json:"id" format:"uuid"`
	Role   string `json:"role" enum:"before,during,after"`
	Width  int    `json:"width" doc:"Of the large picture, in pixels"`
	Height int    `json:"height"`
	Thumb  string `json:"thumb" doc:"Address of the small picture, on this host"`
	Large  string `json:"large" doc:"Address of the large picture, on this host"`
}

// UnitList is the tree on one day.
type UnitList struct {
	On    string `json:"on" format:"date" doc:"The day for which the tree answers"`
	Units []Unit `json:"units" nullable:"false" doc:"By code"`
}

// Unit is a body in the administrative tree.
type Unit struct {
	ID        string `json:"id" format:"uuid"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	FullName  string `json:"full_name"`
	Kind      string `json:"kind"`
	Area      string `json:"area" doc:"Identifier of the area it lies in, empty for a root"`
	Superior  string `json:"superior" doc:"Identifier of the organ it answers to, empty for a root"`
	ValidFrom string `json:"valid_from" doc:"First day in force, ISO"`
	ValidTo   string `json:"valid_to" doc:"Last day in force, ISO; empty when open"`
}
