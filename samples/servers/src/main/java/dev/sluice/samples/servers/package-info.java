/** Servers on loopback for the samples, the tests and the benchmarks, and their commands. */
@NullMarked
package dev.sluice.samples.servers;

import org.jspecify.annotations.NullMarked;
