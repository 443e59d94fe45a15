/** The commands that record outcomes in a database, with R2DBC drivers as streams. */
@NullMarked
package dev.sluice.samples.ledger;

import org.jspecify.annotations.NullMarked;
