/**
 * The asyncio walkthrough: each idea of asyncio as one small sample in RxJava, with a {@code main}
 * of its own.
 *
 * <p>A sample is a {@code Completable} that prints to a {@link
 * dev.sluice.samples.walkthrough.SampleContext} and waits by its clock, so that a test can run it
 * in virtual time.
 */
@NullMarked
package dev.sluice.samples.walkthrough;

import org.jspecify.annotations.NullMarked;
