package dev.sluice.samples.servers.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The data of records, from the text of a master file to the wire. */
final class RecordData {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  private static final int LONGEST_STRING = 255;
  private static final int LARGEST_DATA = 65_535;

  private RecordData() {}

  static byte[] ipv4(String text) {
    byte[] address = IPV4.matcher(text).matches() ? literal(text) : new byte[0];
    if (address.length != 4) {
      throw refusal(text, "an IPv4 address: allowed are such as 192.0.2.1");
    }
    return address;
  }

  static byte[] ipv6(String text) {
    byte[] address = IPV6.matcher(text).matches() ? literal(text) : new byte[0];
    if (address.length == 16) {
      return address;
    }
    if (address.length == 4) {
      // ::ffff:192.0.2.1, which Java takes for what it stands for.
      byte[] mapped = Arrays.copyOf(MAPPED, 16);
      System.arraycopy(address, 0, mapped, 12, 4);
      return mapped;
    }
    throw refusal(text, "an IPv6 address: allowed are such as 2001:db8::1");
  }

  static byte[] strings(List<String> words) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > LONGEST_STRING || data.size() + bytes.length >= LARGEST_DATA) {
        throw refusal(word, "a text: allowed are 255 bytes in a string, 65535 in all");
      }
      data.write(bytes.length);
      data.writeBytes(bytes);
    }
    return data.toByteArray();
  }

  static int number(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw refusal(text, "a number: allowed are 0 to 4294967295");
    }
  }

  /** Only what the patterns above let through, so that nobody is asked for a name. */
  private static byte[] literal(String text) {
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  private static IllegalArgumentException refusal(String text, String what) {
    return new IllegalArgumentException("'" + text + "' is not " + what);
  }
}
