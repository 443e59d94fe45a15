package dev.sluice.samples.servers.http;

import java.time.Duration;
import java.util.Random;

/** Decides how long a response is delayed and which requests fail (status 418, RFC 2324). */
final class HttpFaultInjector {
  private final DelayRange delay;
  private final double errorRate;
  private final Random random;

  HttpFaultInjector(HttpServerSettings settings) {
    delay = settings.delay();
    errorRate = settings.errorRate();
    random = new Random(settings.seed());
  }

  DelayedResponse apply(Response response) {
    Duration wait = delay.drawnBy(random);
    boolean refused = errorRate > 0 && random.nextDouble() < errorRate;
    return new DelayedResponse(refused ? teapot() : response, wait);
  }

  private static Response teapot() {
    return Response.text(Status.TEAPOT, "an error made on purpose; try again");
  }
}
