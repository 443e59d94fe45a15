/** Runs the commands for tests: in this JVM, or in one of their own. */
@NullMarked
package dev.sluice.samples.testing;

import org.jspecify.annotations.NullMarked;
