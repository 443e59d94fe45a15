package dev.sluice.samples.mojifinder;

import dev.sluice.samples.Durations;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads the options of the two servers. */
final class ServerOptions {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|localhost");

  private ServerOptions() {}

  /** Addresses only: a name would be asked for on the network. */
  private static InetAddress address(String text) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw noAddress(text);
    }
    throw noAddress(text);
  }

  private static IllegalArgumentException noAddress(String text) {
    return new IllegalArgumentException(
        "'%s' is not an address: allowed are those of this machine, such as 127.0.0.1 or 0.0.0.0"
            .formatted(text));
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
      super(ServerOptions::address);
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
