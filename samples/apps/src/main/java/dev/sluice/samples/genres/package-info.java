/** Made-up genres, written to files: the command line over the library's genres. */
@NullMarked
package dev.sluice.samples.genres;

import org.jspecify.annotations.NullMarked;
