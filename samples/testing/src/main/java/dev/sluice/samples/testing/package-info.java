/** Runs commands for tests: in this JVM, in a JVM of their own, or on a pseudo-terminal. */
@NullMarked
package dev.sluice.samples.testing;

import org.jspecify.annotations.NullMarked;
