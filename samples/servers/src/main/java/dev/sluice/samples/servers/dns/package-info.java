/**
 * A small DNS server for loopback, with delays, losses and errors on request.
 *
 * <p>dnsjava (3.6.3) reads its zone files: for 500,000 records it took as long as a reader of our
 * own (2.0 s of processor time). The messages are read and written by this package, because
 * benchmarks use the server as the peer of a million probes: to parse a query and write its answer
 * takes 0.1 µs of processor time here and 0.58 µs with dnsjava (JDK 17, one A record). Lists of
 * names are read without dnsjava, so that {@code probe --embedded} need not load it.
 */
@NullMarked
package dev.sluice.samples.servers.dns;

import org.jspecify.annotations.NullMarked;
