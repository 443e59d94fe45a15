/** Names of musical genres that nobody has heard of, made up by Genrenator, to files. */
@NullMarked
package dev.sluice.genres;

import org.jspecify.annotations.NullMarked;
