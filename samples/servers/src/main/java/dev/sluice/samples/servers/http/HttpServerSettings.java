package dev.sluice.samples.servers.http;

import dev.sluice.samples.LocalAddress;
import java.net.InetAddress;

/**
 * The settings of a server.
 *
 * @param port the port to listen on; 0 for any that is free
 * @param errorRate probability from 0 to 1 that a request is answered with status 418
 * @param seed servers with the same seed choose the same delays, errors and other faults
 * @param faults what else goes wrong on purpose
 */
public record HttpServerSettings(
    InetAddress address,
    int port,
    DelayRange delay,
    double errorRate,
    long seed,
    HttpFaults faults) {
  public HttpServerSettings {
    LocalAddress.checkPort(port);
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException(
          errorRate + " is not an error rate: allowed are 0 (none) to 1 (every request)");
    }
  }

  /** Loopback, a free port, no delay and no errors. */
  public static HttpServerSettings onLoopback() {
    return new HttpServerSettings(
        InetAddress.getLoopbackAddress(),
        0,
        DelayRange.NONE,
        0,
        System.nanoTime(),
        HttpFaults.NONE);
  }

  public HttpServerSettings withAddress(InetAddress newAddress) {
    return new HttpServerSettings(newAddress, port, delay, errorRate, seed, faults);
  }

  public HttpServerSettings withPort(int newPort) {
    return new HttpServerSettings(address, newPort, delay, errorRate, seed, faults);
  }

  public HttpServerSettings withDelay(DelayRange newDelay) {
    return new HttpServerSettings(address, port, newDelay, errorRate, seed, faults);
  }

  public HttpServerSettings withErrorRate(double newErrorRate) {
    return new HttpServerSettings(address, port, delay, newErrorRate, seed, faults);
  }

  public HttpServerSettings withSeed(long newSeed) {
    return new HttpServerSettings(address, port, delay, errorRate, newSeed, faults);
  }

  public HttpServerSettings withFaults(HttpFaults newFaults) {
    return new HttpServerSettings(address, port, delay, errorRate, seed, newFaults);
  }
}
