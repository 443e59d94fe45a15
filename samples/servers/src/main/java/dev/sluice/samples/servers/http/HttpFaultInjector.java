package dev.sluice.samples.servers.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Decides how long a response is delayed, which requests fail (status 418, RFC 2324), and what else
 * goes wrong. Each fault draws numbers of its own: one more of them changes none of the others.
 */
final class HttpFaultInjector {
  private final DelayRange delay;
  private final double errorRate;
  private final Random random;
  private final List<HttpFault> faults = new ArrayList<>();

  HttpFaultInjector(HttpServerSettings settings, long now, RequestStatistics statistics) {
    delay = settings.delay();
    errorRate = settings.errorRate();
    random = new Random(settings.seed());
    for (FaultPlan plan : settings.faults().plans()) {
      Random ofPlan = new Random(settings.seed() + plan.toString().hashCode());
      faults.add(plan.start(ofPlan, now, statistics));
    }
  }

  DelayedResponse apply(ReceivedRequest received, Response response) {
    Duration wait = delay.drawnBy(random);
    boolean refused = errorRate > 0 && random.nextDouble() < errorRate;
    DelayedResponse reply = new DelayedResponse(refused ? teapot() : response, wait);
    for (HttpFault fault : faults) {
      reply = fault.apply(received, reply);
    }
    return reply;
  }

  private static Response teapot() {
    return Response.text(Status.TEAPOT, "an error made on purpose; try again");
  }
}
