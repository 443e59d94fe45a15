/**
 * Registries on loopback: a name server and RDAP, right and wrong, to examine names without a
 * network.
 */
@NullMarked
package dev.sluice.samples.servers.registries;

import org.jspecify.annotations.NullMarked;
