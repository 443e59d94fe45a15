package dev.sluice.samples.servers.http;

import dev.sluice.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Counts the requests of each client at each host. Announces how many the quota still allows, and
 * refuses more with status 429. A window begins with the first request after the last window.
 *
 * @param quota so many requests in each window
 */
record QuotaPlan(Rate quota, QuotaFields fields, RetryAfterField retryAfter) implements FaultPlan {
  @Override
  public HttpFault start(Random random, long now, RequestStatistics statistics) {
    Map<String, QuotaWindow> windows = new HashMap<>();
    return (received, reply) -> {
      String key = received.client() + " " + received.host();
      QuotaWindow window = windows.get(key);
      if (window == null || window.nanosLeft(received.nanos()) <= 0) {
        window =
            new QuotaWindow(
                received.client(), received.host(), received.nanos() + quota.per().toNanos());
        windows.put(key, window);
        statistics.add(window);
      }
      return counted(window, received, reply, random);
    };
  }

  private DelayedResponse counted(
      QuotaWindow window, ReceivedRequest received, DelayedResponse reply, Random random) {
    Duration left = Duration.ofNanos(window.nanosLeft(received.nanos()));
    int remaining = window.count(quota.permits());
    DelayedResponse allowed = remaining < 0 ? refusal(left, random) : reply;
    return allowed.with(
        fields.on(
            allowed.response(), quota, Math.max(0, remaining), RetryAfterField.roundedUp(left)));
  }

  private DelayedResponse refusal(Duration left, Random random) {
    Response response = Response.text(Status.TOO_MANY_REQUESTS, "the quota is " + quota);
    return DelayedResponse.atOnce(retryAfter.on(response, left, random));
  }
}
