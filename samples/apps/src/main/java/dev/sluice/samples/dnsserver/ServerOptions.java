package dev.sluice.samples.dnsserver;

import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.httpserver.DelayRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads the options of the command. */
final class ServerOptions {
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|localhost");

  private ServerOptions() {}

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

  /** Addresses only: a name would be asked for before there is anybody to answer. */
  private static InetAddress parseAddress(String text) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw refusal(
          text, "an address: allowed are those of this machine, such as 127.0.0.1 or ::1");
    }
    throw refusal(text, "an address: allowed are those of this machine, such as 127.0.0.1 or ::1");
  }

  private static IllegalArgumentException refusal(String text, String what) {
    return new IllegalArgumentException("'" + text + "' is not " + what);
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(ServerOptions::parsePort);
    }
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(ServerOptions::parseAddress);
    }
  }

  static final class Delay extends ParsedOption<DelayRange> {
    Delay() {
      super(DelayRange::parse);
    }
  }

  static final class Rate extends ParsedOption<Double> {
    Rate() {
      super(ServerOptions::parseRate);
    }
  }

  static final class Spoilt extends ParsedOption<SpoiltAnswers> {
    Spoilt() {
      super(SpoiltAnswers::parse);
    }
  }
}
