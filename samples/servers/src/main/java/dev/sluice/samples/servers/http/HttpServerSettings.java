package dev.sluice.samples.servers.http;

import java.net.InetAddress;

/**
 * What a server is told.
 *
 * @param port 0 for any that is free
 * @param errorRate how likely it is, from 0 to 1, that a request meets a teapot (status 418)
 * @param seed servers with the same seed draw the same delays and errors
 */
public record HttpServerSettings(
    InetAddress address, int port, DelayRange delay, double errorRate, long seed) {
  public HttpServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          port + " is not a port: allowed are 0 (any that is free) to 65535");
    }
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException(
          errorRate + " is not an error rate: allowed are 0 (none) to 1 (every request)");
    }
  }

  /** Loopback, a free port, no delay and no errors. */
  public static HttpServerSettings onLoopback() {
    return new HttpServerSettings(
        InetAddress.getLoopbackAddress(), 0, DelayRange.NONE, 0, System.nanoTime());
  }

  public HttpServerSettings withAddress(InetAddress newAddress) {
    return new HttpServerSettings(newAddress, port, delay, errorRate, seed);
  }

  public HttpServerSettings withPort(int newPort) {
    return new HttpServerSettings(address, newPort, delay, errorRate, seed);
  }

  public HttpServerSettings withDelay(DelayRange newDelay) {
    return new HttpServerSettings(address, port, newDelay, errorRate, seed);
  }

  public HttpServerSettings withErrorRate(double newErrorRate) {
    return new HttpServerSettings(address, port, delay, newErrorRate, seed);
  }

  public HttpServerSettings withSeed(long newSeed) {
    return new HttpServerSettings(address, port, delay, errorRate, newSeed);
  }
}
