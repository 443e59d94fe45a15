/** Limits that several processes share through PostgreSQL. */
@NullMarked
package dev.sluice.samples.limits;

import org.jspecify.annotations.NullMarked;
