/** Titles of pages: fetched on the network's threads, read on the processor's. */
@NullMarked
package dev.sluice.samples.titles;

import org.jspecify.annotations.NullMarked;
