/** The servers that the samples, tests and benchmarks ask, as commands. */
@NullMarked
package dev.sluice.samples.servers;

import org.jspecify.annotations.NullMarked;
