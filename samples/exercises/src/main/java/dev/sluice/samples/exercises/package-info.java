/**
 * The files that a learner edits: forty tasks from asyncio to RxJava, each with a gap. {@code
 * sluice exercises} says which of them are done. The solutions are in {@code src/solutions}.
 */
@NullMarked
package dev.sluice.samples.exercises;

import org.jspecify.annotations.NullMarked;
