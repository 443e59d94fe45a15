/** JMH for the core, and whole runs side by side with other programs. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
