package dev.sluice.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hosts that {@code no_proxy} names, by the rules of curl. No name is looked up. */
record NoProxy(List<String> entries) {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  static NoProxy of(String value) {
    return new NoProxy(
        Stream.of(value.split("[,\\s]+"))
            .map(entry -> withoutDots(entry.toLowerCase(Locale.ROOT)))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  boolean covers(String host) {
    String bare = withoutDots(withoutBrackets(host.toLowerCase(Locale.ROOT)));
    byte @Nullable [] address = address(bare);
    return entries.stream()
        .anyMatch(
            entry ->
                entry.equals("*")
                    || (address == null ? coversName(entry, bare) : coversAddress(entry, address)));
  }

  private static boolean coversName(String entry, String host) {
    return host.equals(entry) || host.endsWith("." + entry);
  }

  private static boolean coversAddress(String entry, byte[] host) {
    int slash = entry.indexOf('/');
    byte @Nullable [] block =
        address(withoutBrackets(slash < 0 ? entry : entry.substring(0, slash)));
    if (block == null || block.length != host.length) {
      return false;
    }
    int bits = slash < 0 ? 8 * host.length : prefix(entry.substring(slash + 1), 8 * host.length);
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((host[bit / 8] & mask) != (block[bit / 8] & mask)) {
        return false;
      }
    }
    return bits >= 0;
  }

  /** The length of the prefix; -1 for a block that makes no sense, which covers nothing. */
  private static int prefix(String text, int most) {
    return text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most
        ? Integer.parseInt(text)
        : -1;
  }

  /** The bytes of an IP address in text; null for a name. */
  private static byte @Nullable [] address(String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress(); // A literal: nothing is looked up.
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutDots(String host) {
    return host.replaceAll("^\\.+|\\.+$", "");
  }
}
