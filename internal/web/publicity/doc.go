// Package publicity is the pages of the publicity package: a unit's five products with what was done, their forms and files,
// and for everybody the unit's article, its feed, its share picture and the small page that other sites may frame.
package publicity
