/**
 * A small HTTP server for the samples: one thread for any number of clients, with delays and errors
 * on request. What it serves is a function from a request to a response.
 */
@NullMarked
package dev.sluice.samples.servers.http;

import org.jspecify.annotations.NullMarked;
