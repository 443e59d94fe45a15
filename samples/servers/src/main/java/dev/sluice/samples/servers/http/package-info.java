/**
 * A small HTTP server, with delays and errors on request.
 *
 * <p>Why not Vert.x: it was tried in place of this package (Vert.x 5.0.8, JDK 17, two cores,
 * 2026-11) and lost on what the server is for.
 *
 * <ul>
 *   <li>Start: {@code sluice flags}, which downloads 20 flags from its embedded server, took 0.28 s
 *       and 0.39 s of processor time with this package, and 1.19 s and 0.59 s with Vert.x (medians
 *       of 3 × 7 paired runs, both with a class archive). The download alone took 0.20 s against
 *       0.50 s; most of the rest is the time that Netty's event loops take to close. The process
 *       loads 2,900 classes instead of 4,200.
 *   <li>Throughput: 36 k requests a second at 14 µs of processor time each, against 18 k at 33 µs
 *       (wrk, 64 connections, one event loop, a flag of 5 KB; medians of 3, on a busy machine).
 *   <li>Strictness: of the 182 tests of both servers 27 failed. Some could be adapted, but Vert.x
 *       serves requests without a Host field, with two of them and with folded lines, where tests
 *       require status 400 (RFC 9112).
 * </ul>
 */
@NullMarked
package dev.sluice.samples.servers.http;

import org.jspecify.annotations.NullMarked;
