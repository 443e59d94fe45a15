package dev.sluice.samples.servers.http;

import java.time.Duration;

/**
 * A response and its delay.
 *
 * @param cut whether the connection is reset in the middle of the body
 */
record DelayedResponse(Response response, Duration delay, boolean cut) {
  DelayedResponse(Response response, Duration delay) {
    this(response, delay, false);
  }

  /** A response at once: a server that refuses does so without the work. */
  static DelayedResponse atOnce(Response response) {
    return new DelayedResponse(response, Duration.ZERO);
  }

  DelayedResponse with(Response other) {
    return new DelayedResponse(other, delay, cut);
  }

  DelayedResponse cutOff() {
    return new DelayedResponse(response, delay, true);
  }
}
