package dev.sluice.samples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The addresses and ports of this machine that a server listens on, and how messages name them. */
public final class LocalAddress {
  private static final int MAX_PORT = 65_535;

  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|localhost");

  private LocalAddress() {}

  /**
   * Reads an address. Host names other than {@code localhost} are refused, because each would need
   * a DNS query.
   *
   * @param example an address that the message names beside 127.0.0.1
   * @throws IllegalArgumentException if the text is not an address; the message says what is
   *     allowed
   */
  public static InetAddress parse(String text, String example) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw refusal(text, example);
    }
    throw refusal(text, example);
  }

  /**
   * Reads a port.
   *
   * @throws IllegalArgumentException if the text is not a port; the message says what is allowed
   */
  public static int parsePort(String text) {
    try {
      return Numbers.parse(text, 0, MAX_PORT);
    } catch (IllegalArgumentException e) {
      throw portRefusal(text);
    }
  }

  /**
   * The same port, if a server can listen on it.
   *
   * @throws IllegalArgumentException if it is outside 0 to 65535
   */
  public static int checkPort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw portRefusal(String.valueOf(port));
    }
    return port;
  }

  /**
   * Host and port as a client on this machine writes them, such as {@code 127.0.0.1:8001} or {@code
   * [::1]:8001}. For a server that listens on all addresses the host is the loopback address,
   * because 0.0.0.0 is not a destination.
   */
  public static String hostAndPort(InetAddress address, int port) {
    InetAddress reachable =
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String host = reachable.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * An exception for a server that could not listen. Its message is one sentence that names port
   * and address, such as {@code port 8001 on 127.0.0.1 is in use}.
   *
   * @param cause the exception of the socket; the JDK and Netty give its reason only as text
   */
  public static IOException cannotListen(InetAddress address, int port, Throwable cause) {
    return new IOException(reason(address.getHostAddress(), port, cause), cause);
  }

  private static String reason(String address, int port, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("already in use")) {
      return String.format(Locale.ROOT, "port %d on %s is in use", port, address);
    }
    if (message.contains("Cannot assign requested address")) {
      return address + " is not an address of this machine";
    }
    if (message.contains("Permission denied")) {
      return String.format(Locale.ROOT, "this user may not listen on port %d on %s", port, address);
    }
    return String.format(Locale.ROOT, "cannot listen on port %d on %s: %s", port, address, message);
  }

  private static IllegalArgumentException refusal(String text, String example) {
    return new IllegalArgumentException(
        "'%s' is not an address: allowed are those of this machine, such as 127.0.0.1 or %s"
            .formatted(text, example));
  }

  private static IllegalArgumentException portRefusal(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a port: allowed are 0 (any that is free) to 65535");
  }
}
