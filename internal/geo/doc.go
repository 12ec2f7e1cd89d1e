// Package geo owns places on the map: points, boxes, areas read from GeoJSON, distances, and the grid by which a
// database finds the points of a map box. Coordinates are degrees of WGS 84.
//
// It refuses to know what lies at a place. A value that was checked or parsed here is finite and in range.
package geo
