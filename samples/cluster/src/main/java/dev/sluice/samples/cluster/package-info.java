/**
 * Probes and downloads as jobs of Apache Flink: for more names than one machine can ask for.
 *
 * <p>A subtask of a job opens the library's objects when it starts, and closes them when it ends.
 * What goes between the subtasks is text and lines of a journal.
 */
@NullMarked
package dev.sluice.samples.cluster;

import org.jspecify.annotations.NullMarked;
