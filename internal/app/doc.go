// Package app is the composition root: it builds every service and page from the configuration, in one place, and
// starts and stops them. The commands, the demo and the tests use the same application.
package app
