package dev.sluice.samples.mojifinder;

import dev.sluice.samples.ListenOptions;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Where a server listens, and when it closes idle connections.
 *
 * @param port 0 for any free port
 * @param idleTimeout a connection without traffic for this long is closed
 */
record ListenSettings(InetAddress address, int port, Duration idleTimeout) {
  /**
   * Bounds what the operating system buffers for a client that does not read. The default grows to
   * several megabytes per client, which delays a shutdown by seconds when a thousand do not read.
   */
  static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** How many connections the operating system queues before they are accepted. */
  static final int BACKLOG = 4096;

  static ListenSettings of(ListenOptions options, Duration idleTimeout) {
    return new ListenSettings(options.address(), options.port(), idleTimeout);
  }

  /** Any free port on loopback, with an idle timeout of a minute. */
  static ListenSettings onLoopback() {
    return new ListenSettings(InetAddress.getLoopbackAddress(), 0, Duration.ofMinutes(1));
  }

  ListenSettings withIdleTimeout(Duration newTimeout) {
    return new ListenSettings(address, port, newTimeout);
  }
}
