package dev.sluice.samples.servers.dns;

import dev.sluice.samples.LocalAddress;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.servers.http.DelayRange;
import java.net.InetAddress;

/** Reads the options of the command. */
final class DnsServerOptions {
  private DnsServerOptions() {}

  /** How answers are spoilt, and how many of them. */
  record SpoiltAnswers(Rcode rcode, double rate) {
    static SpoiltAnswers parse(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new SpoiltAnswers(Rcode.parse(text), 1)
          : new SpoiltAnswers(
              Rcode.parse(text.substring(0, colon)), parseRate(text.substring(colon + 1)));
    }
  }

  private static double parseRate(String text) {
    try {
      double rate = Double.parseDouble(text);
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw refusal(text, "a probability: allowed are 0 (never) to 1 (always)");
    }
    throw refusal(text, "a probability: allowed are 0 (never) to 1 (always)");
  }

  private static int parsePort(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw refusal(text, "a port: allowed are 0 (any that is free) to 65535");
    }
    throw refusal(text, "a port: allowed are 0 (any that is free) to 65535");
  }

  private static IllegalArgumentException refusal(String text, String what) {
    return new IllegalArgumentException("'" + text + "' is not " + what);
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(DnsServerOptions::parsePort);
    }
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(text -> LocalAddress.parse(text, "::1"));
    }
  }

  static final class Delay extends ParsedOption<DelayRange> {
    Delay() {
      super(DelayRange::parse);
    }
  }

  static final class Rate extends ParsedOption<Double> {
    Rate() {
      super(DnsServerOptions::parseRate);
    }
  }

  static final class Spoilt extends ParsedOption<SpoiltAnswers> {
    Spoilt() {
      super(SpoiltAnswers::parse);
    }
  }
}
