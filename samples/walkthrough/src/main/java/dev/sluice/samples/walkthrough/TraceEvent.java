package dev.sluice.samples.walkthrough;

/**
 * Something that happened in a run in virtual time.
 *
 * @param seconds since the start of the run
 */
record TraceEvent(double seconds, String text) {}
