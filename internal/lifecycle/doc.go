// Package lifecycle owns what a life cycle is: states, events, and which event leads from which state to which.
// It also draws the diagram, so that documentation and code cannot drift apart.
//
// It knows no particular subject; each domain declares its own machine.
package lifecycle
