/** Compiles the answers of a learner, runs their checks, and prints what is done. */
@NullMarked
package dev.sluice.samples.exercises.runner;

import org.jspecify.annotations.NullMarked;
