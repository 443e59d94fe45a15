/** An HTTP server with the endpoints of Genrenator. Its genres come from word lists of its own. */
@NullMarked
package dev.sluice.samples.servers.genres;

import org.jspecify.annotations.NullMarked;
