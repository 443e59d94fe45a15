package dev.sluice.samples.servers.http;

import java.util.Random;

/**
 * Refuses requests at random.
 *
 * @param status 429 or 503
 * @param rate the probability that a request is refused
 */
record Refusals(Status status, double rate, RetryAfterField retryAfter) implements FaultPlan {
  Refusals {
    Probability.checked(rate);
  }

  /**
   * Reads {@code 429}, or {@code 503:0.1} for a probability of 0.1.
   *
   * @throws IllegalArgumentException if the text is neither; the message says what is allowed
   */
  static Refusals parse(String text) {
    int colon = text.indexOf(':');
    String status = colon < 0 ? text : text.substring(0, colon);
    double rate = colon < 0 ? 1 : Probability.parse(text.substring(colon + 1));
    return switch (status) {
      case "429" -> new Refusals(Status.TOO_MANY_REQUESTS, rate, RetryAfterField.STANDARD);
      case "503" -> new Refusals(Status.SERVICE_UNAVAILABLE, rate, RetryAfterField.STANDARD);
      default ->
          throw new IllegalArgumentException(
              "'" + text + "': allowed are 429 and 503, and 503:0.1 for a probability of 0.1");
    };
  }

  Refusals with(RetryAfterField field) {
    return new Refusals(status, rate, field);
  }

  @Override
  public HttpFault start(Random random, long now, RequestStatistics statistics) {
    return (exchange, reply) ->
        random.nextDouble() < rate
            ? DelayedResponse.atOnce(
                retryAfter.on(Response.text(status, "refused on purpose"), random))
            : reply;
  }
}
