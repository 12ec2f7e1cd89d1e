// Package award owns the results of a challenge: the publication, which freezes the ranking, explains every point
// and gives out the prizes, and the check that anybody can repeat on it.
//
// A publication is one JSON document that contains its evidence; it is never changed. A later change of a report
// does not move it, and a correction is another publication that names its reason and the one it replaces. The
// package does not know how a report became valid.
package award
