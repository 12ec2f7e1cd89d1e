// Package imaging owns photographs as bytes from strangers: it tells what they are by their content, refuses what
// is too large before decoding it, reads what the camera wrote, and makes the two sizes that are shown.
//
// It refuses to know what a photo proves. A derived picture is encoded anew from its pixels, so nothing the camera
// wrote, a position above all, is left in it; and no more than two photos are in memory at once.
package imaging
