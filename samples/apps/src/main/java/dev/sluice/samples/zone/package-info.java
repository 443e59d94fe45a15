/** The command that makes a filter of a zone file. */
@NullMarked
package dev.sluice.samples.zone;

import org.jspecify.annotations.NullMarked;
