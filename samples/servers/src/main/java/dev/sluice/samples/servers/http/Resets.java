package dev.sluice.samples.servers.http;

import java.util.Random;

/**
 * Resets connections in the middle of a body, at random.
 *
 * @param rate the probability of each response
 */
record Resets(double rate) implements FaultPlan {
  Resets {
    Probability.checked(rate);
  }

  @Override
  public HttpFault start(Random random, long now, RequestStatistics statistics) {
    return (exchange, reply) -> random.nextDouble() < rate ? reply.cutOff() : reply;
  }
}
