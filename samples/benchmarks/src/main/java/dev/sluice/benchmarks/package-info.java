/** JMH benchmarks of the core, and whole runs compared with other programs. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
