/**
 * The asyncio walkthrough: each idea of asyncio as one small sample in RxJava.
 *
 * <p>A sample is a {@code Completable} that says its lines on a {@link
 * dev.sluice.samples.walkthrough.SampleContext}. Every wait goes through the clock of the stage, so
 * that a test can move the time by hand.
 */
@NullMarked
package dev.sluice.samples.walkthrough;

import org.jspecify.annotations.NullMarked;
