/** The scenarios of EasyRacer, as an HTTP server that judges its clients. */
@NullMarked
package dev.sluice.samples.servers.races;

import org.jspecify.annotations.NullMarked;
