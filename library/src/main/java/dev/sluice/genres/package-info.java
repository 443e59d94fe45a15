/** Made-up genres of music from Genrenator, in memory or to files. */
@NullMarked
package dev.sluice.genres;

import org.jspecify.annotations.NullMarked;
