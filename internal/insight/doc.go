// Package insight owns the read models: statistics, standings, the map, the days and the units of a challenge, as
// documents that are ready to be sent, byte for byte and already compressed.
//
// It knows nothing that is not derived. A snapshot is built from the tables of the other domains, kept in memory and
// replaced as soon as the challenge's head in the audit log has moved; dropping it loses nothing, and building it
// again gives the same bytes on either engine, because nothing in it depends on the hour at which it was built.
package insight
