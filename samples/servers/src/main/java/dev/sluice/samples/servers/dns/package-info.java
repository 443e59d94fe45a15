/**
 * A small DNS server for loopback, with delays, losses and errors on request: something to try
 * resolvers against without a network.
 */
@NullMarked
package dev.sluice.samples.servers.dns;

import org.jspecify.annotations.NullMarked;
