// Package publicity owns the publicity package: from one campaign about a challenge it drafts, in every unit's own name and
// with the unit's own numbers, an article, a notice-board sheet, what a meeting needs, a loudspeaker bulletin and messages;
// and it keeps what a unit made of them, when its loudspeakers may speak, and what they played.
//
// What was done is not kept here but as records of publicity of the dispatch by which the challenge's letter came, so that
// boards and reports count it once. While nobody has written a campaign, what the challenge says of itself takes its place, so that
// a unit's package is ready when the letter comes. A draft is made anew whenever it is looked at; only what a unit reworded stays.
//
// What a unit made is kept by challenge and unit, never by campaign: which campaign speaks to a unit changes when it or one
// above it writes its own or takes it back, and nothing that was published, reworded, played or minuted may go with it.
package publicity
