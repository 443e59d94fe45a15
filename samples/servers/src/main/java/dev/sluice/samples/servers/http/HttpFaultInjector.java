package dev.sluice.samples.servers.http;

import java.time.Duration;
import java.util.Random;

/** Decides how late an answer comes, and which requests meet a teapot (RFC 2324). */
final class HttpFaultInjector {
  private final DelayRange delay;
  private final double errorRate;
  private final Random random;

  HttpFaultInjector(HttpServerSettings settings) {
    delay = settings.delay();
    errorRate = settings.errorRate();
    random = new Random(settings.seed());
  }

  DelayedResponse react(Response response) {
    Duration late = delay.drawnBy(random);
    boolean refused = errorRate > 0 && random.nextDouble() < errorRate;
    return new DelayedResponse(refused ? teapot() : response, late);
  }

  private static Response teapot() {
    return Response.text(Status.TEAPOT, "try again, the next request may find a server");
  }
}
