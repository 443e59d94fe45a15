/** A server in the manner of Genrenator, which makes up genres from word lists of its own. */
@NullMarked
package dev.sluice.samples.servers.genres;

import org.jspecify.annotations.NullMarked;
