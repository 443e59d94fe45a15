package dev.sluice.samples.servers.http;

import dev.sluice.samples.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Refuses what is more than the server bears at once, which changes with time.
 *
 * @param atOnce how many requests may be in progress, one number after the other; the last stays
 * @param every how long each number lasts
 */
record CapacityPlan(List<Integer> atOnce, Duration every, RetryAfterField retryAfter)
    implements FaultPlan {
  /**
   * Reads numbers with commas between them.
   *
   * @throws IllegalArgumentException if there is anything else; the message says what is allowed
   */
  static List<Integer> parse(String text) {
    return Stream.of(text.split(",", -1))
        .map(number -> Numbers.parse(number, 0, Integer.MAX_VALUE))
        .toList();
  }

  @Override
  public HttpFault start(Random random, long start, RequestStatistics statistics) {
    return (exchange, reply) ->
        exchange.inProgress() > capacity(exchange.nanos() - start)
            ? DelayedResponse.atOnce(
                retryAfter.on(
                    Response.text(Status.SERVICE_UNAVAILABLE, "too many requests at once"), random))
            : reply;
  }

  private int capacity(long nanos) {
    return atOnce.get((int) Math.min(atOnce.size() - 1L, nanos / every.toNanos()));
  }
}
