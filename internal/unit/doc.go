// Package unit owns the administrative tree: areas (province, town, ward …) and organisations (agency, union,
// school …), each for the days on which it is in force, the groups a letter is addressed to, and boundaries.
//
// It knows neither people nor letters. Two relations are kept apart: the area a unit lies in, and the superior organ
// it answers to. How deep either goes is data. A unit's key is (code, first day in force), never its name.
package unit
