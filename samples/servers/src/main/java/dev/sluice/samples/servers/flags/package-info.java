/**
 * A small HTTP server with every flag, and with delays and errors on request: something to try
 * clients against without a network.
 */
@NullMarked
package dev.sluice.samples.servers.flags;

import org.jspecify.annotations.NullMarked;
