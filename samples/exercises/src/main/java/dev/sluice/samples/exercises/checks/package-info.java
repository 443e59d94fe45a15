/** One check per exercise. It calls the answer in virtual time or over loopback. */
@NullMarked
package dev.sluice.samples.exercises.checks;

import org.jspecify.annotations.NullMarked;
