package dev.sluice.samples.mojifinder;

import dev.sluice.samples.Durations;
import dev.sluice.samples.LocalAddress;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.net.InetAddress;
import java.time.Duration;

/** Reads the options of the two servers. */
final class ServerOptions {
  private static final Duration LONGEST = Duration.ofDays(1);

  private ServerOptions() {}

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
      super(ServerOptions::timeout);
    }
  }
}
