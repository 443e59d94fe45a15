/** An HTTP server with the flags of all countries, to try clients without a network. */
@NullMarked
package dev.sluice.samples.servers.flags;

import org.jspecify.annotations.NullMarked;
