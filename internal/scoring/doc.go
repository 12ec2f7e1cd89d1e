// Package scoring owns how valid reports become points and points become ranks: the scoring scheme, the explained
// lines of one report, the standings of a division and their tie rules, and the simulation of another scheme.
//
// The rules are pure functions over integers: the same scheme, facts and seed give the same table on any machine,
// in whatever order the reports come, and the lines of a report add up to its points exactly. docs/scoring.md says
// the same for people. It does not know why a report is valid, nor who may publish a result.
package scoring
