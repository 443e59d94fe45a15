package dev.sluice.samples.servers.http;

import java.util.Random;

/** A fault as the settings describe it. */
interface FaultPlan {
  /**
   * The fault of a server that starts now.
   *
   * @param random draws the same numbers for servers with the same seed
   * @param now the time of the server's clock in nanoseconds
   * @param statistics counts what a client is told
   */
  HttpFault start(Random random, long now, RequestStatistics statistics);
}
