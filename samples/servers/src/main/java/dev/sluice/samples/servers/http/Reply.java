package dev.sluice.samples.servers.http;

import java.time.Duration;

/** A response, and how long it is held back. */
record Reply(Response response, Duration delay) {}
