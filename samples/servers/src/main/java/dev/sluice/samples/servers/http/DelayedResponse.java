package dev.sluice.samples.servers.http;

import java.time.Duration;

/** A response, and how long it is held back. */
record DelayedResponse(Response response, Duration delay) {}
