/** Jobs in a database, and workers that run them. */
@NullMarked
package dev.sluice.samples.jobs;

import org.jspecify.annotations.NullMarked;
