/** Outcomes in a database: rows and transactions as streams, through Reactive Streams alone. */
@NullMarked
package dev.sluice.samples.ledger;

import org.jspecify.annotations.NullMarked;
