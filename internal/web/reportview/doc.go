// Package reportview owns how a report of a clean-up looks to those who may read it: its figures with the adjusted
// ones beside them, its photos, its history, and the answers with stored photos.
//
// It decides nothing and asks no permission: the services did. What a team and the board both see is shown by the same
// components, so that they speak of the same thing.
package reportview
