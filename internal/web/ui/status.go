package ui

import (
	"context"
	"maps"
	"slices"
)

// BadgeTone is the colour of a badge; the word and the shape say the same.
type BadgeTone string

// The tones of badges.
const (
	BadgeNeutral  BadgeTone = "neutral"
	BadgeOpen     BadgeTone = "open"     // something goes on
	BadgeWait     BadgeTone = "wait"     // somebody is waited for
	BadgeGood     BadgeTone = "good"     // done, accepted
	BadgeBad      BadgeTone = "bad"      // refused, failed
	BadgeOfficial BadgeTone = "official" // decided, published
)

// BadgeProps is a word with a shape and a colour.
type BadgeProps struct {
	Text string
	Icon IconName
	Tone BadgeTone
}

// Family is a kind of life cycle.
type Family string

// The life cycles that have statuses.
const (
	FamilyChallenge Family = "challenge"
	FamilyDispatch  Family = "dispatch"
	FamilyEntrant   Family = "entrant"
	FamilyCleanup   Family = "cleanup"
	FamilyReport    Family = "report"
	FamilyLetter    Family = "letter"
	FamilyResult    Family = "result"
)

type look struct {
	icon IconName
	tone BadgeTone
}

// looks gives every state of every life cycle its shape and colour.
var looks = map[Family]map[string]look{
	FamilyChallenge: {
		"draft":             {IconPen, BadgeNeutral},
		"announced":         {IconHorn, BadgeOfficial},
		"registration_open": {IconPlus, BadgeOpen},
		"running":           {IconLeaf, BadgeGood},
		"reporting_closed":  {IconLock, BadgeWait},
		"judging":           {IconScale, BadgeOfficial},
		"published":         {IconTrophy, BadgeOfficial},
		"archived":          {IconArchive, BadgeNeutral},
	},
	FamilyDispatch: {
		"sent":        {IconSend, BadgeWait},
		"arrived":     {IconArrive, BadgeWait},
		"received":    {IconLetter, BadgeOpen},
		"refused":     {IconRefuse, BadgeBad},
		"presented":   {IconPerson, BadgeOpen},
		"assigned":    {IconPeople, BadgeOpen},
		"in_progress": {IconHalf, BadgeOpen},
		"completed":   {IconDone, BadgeGood},
		"recalled":    {IconReturn, BadgeNeutral},
		"replaced":    {IconLetter, BadgeNeutral},
	},
	FamilyEntrant: {
		"submitted":    {IconHourglass, BadgeWait},
		"approved":     {IconDone, BadgeGood},
		"refused":      {IconRefuse, BadgeBad},
		"withdrawn":    {IconReturn, BadgeNeutral},
		"disqualified": {IconError, BadgeBad},
	},
	FamilyCleanup: {
		"draft":     {IconPen, BadgeNeutral},
		"announced": {IconCalendar, BadgeOpen},
		"under_way": {IconBroom, BadgeGood},
		"ended":     {IconHourglass, BadgeWait},
		"reported":  {IconDone, BadgeGood},
		"cancelled": {IconRefuse, BadgeNeutral},
	},
	FamilyReport: {
		"draft":       {IconPen, BadgeNeutral},
		"submitted":   {IconHourglass, BadgeWait},
		"sent_back":   {IconReturn, BadgeBad},
		"resubmitted": {IconHourglass, BadgeWait},
		"valid":       {IconDone, BadgeGood},
		"invalid":     {IconRefuse, BadgeBad},
		"appealed":    {IconScale, BadgeOfficial},
		"dismissed":   {IconRefuse, BadgeBad},
	},
	FamilyLetter: {
		"draft":      {IconPen, BadgeNeutral},
		"submitted":  {IconHourglass, BadgeWait},
		"signed":     {IconPen, BadgeOpen},
		"registered": {IconLetter, BadgeOfficial},
		"entered":    {IconArrive, BadgeOpen},
		"sent":       {IconSend, BadgeGood},
		"discarded":  {IconRefuse, BadgeNeutral},
	},
	FamilyResult: {
		"provisional": {IconHourglass, BadgeWait},
		"published":   {IconTrophy, BadgeOfficial},
		"corrected":   {IconPen, BadgeOfficial},
	},
}

// StatusOf is the badge of a state, e.g. StatusOf(ctx, FamilyReport, "sent_back"). Its word is the message
// "ui.status.<family>.<state>".
func StatusOf(ctx context.Context, family Family, state string) BadgeProps {
	l, ok := looks[family][state]
	if !ok {
		l = look{IconCircle, BadgeNeutral}
	}
	return BadgeProps{Text: T(ctx, "ui.status."+string(family)+"."+state), Icon: l.icon, Tone: l.tone}
}

var uploadLooks = map[UploadState]look{
	UploadPending:   {IconClock, BadgeWait},
	UploadUploading: {IconUpload, BadgeOpen},
	UploadUploaded:  {IconDone, BadgeGood},
	UploadFailed:    {IconError, BadgeBad},
}

func uploadBadge(ctx context.Context, s UploadState) BadgeProps {
	l := uploadLooks[s]
	return BadgeProps{Text: T(ctx, "ui.upload."+string(s)), Icon: l.icon, Tone: l.tone}
}

// Families lists the life cycles in order.
func Families() []Family { return slices.Sorted(maps.Keys(looks)) }

// StatesOf lists the states of a life cycle that have a look, in alphabetical order.
func StatesOf(f Family) []string { return slices.Sorted(maps.Keys(looks[f])) }
