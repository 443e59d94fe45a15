/** Flags of countries, downloaded: the command line over the library's flag pipeline. */
@NullMarked
package dev.sluice.samples.flags;

import org.jspecify.annotations.NullMarked;
