/** The command that downloads invented genres of music. */
@NullMarked
package dev.sluice.samples.genres;

import org.jspecify.annotations.NullMarked;
