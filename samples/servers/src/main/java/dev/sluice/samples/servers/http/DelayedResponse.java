package dev.sluice.samples.servers.http;

import java.time.Duration;

/** A response and its delay. */
record DelayedResponse(Response response, Duration delay) {}
