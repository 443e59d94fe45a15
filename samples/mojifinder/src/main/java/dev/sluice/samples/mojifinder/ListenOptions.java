package dev.sluice.samples.mojifinder;

import dev.sluice.samples.Durations;
import dev.sluice.samples.LocalAddress;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.net.InetAddress;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that both servers have. */
final class ListenOptions {
  private static final Duration LONGEST = Duration.ofDays(1);

  @Option(
      names = "--host",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      converter = Address.class,
      description =
          "Listen on this address of this machine. With 0.0.0.0 (all addresses) other machines can"
              + " connect. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private InetAddress host;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Listen on this port; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  ListenOptions(int defaultPort) {
    port = defaultPort;
  }

  ListenSettings settings(Duration idleTimeout) {
    return new ListenSettings(host, port, idleTimeout);
  }

  private static Duration timeout(String text) {
    Duration timeout = Durations.parseTimeout(text);
    if (timeout.toMillis() == 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "': allowed are 1ms to 24h");
    }
    return timeout;
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(text -> LocalAddress.parse(text, "0.0.0.0"));
    }
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(text -> Numbers.parse(text, 0, 65_535));
    }
  }

  static final class Timeout extends ParsedOption<Duration> {
    Timeout() {
      super(ListenOptions::timeout);
    }
  }
}
