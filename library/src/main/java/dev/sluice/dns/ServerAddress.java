package dev.sluice.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** Reads and writes addresses of servers, as text and from {@code resolv.conf}. */
final class ServerAddress {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final int PORT = 53;
  private static final int MAX_PORT = 65_535;

  private ServerAddress() {}

  /**
   * The system's servers; 127.0.0.1 if {@code resolv.conf} names none, as in {@code resolver(5)}.
   */
  static List<InetSocketAddress> ofSystem() {
    return of(RESOLV_CONF);
  }

  static List<InetSocketAddress> of(Path resolvConf) {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String line : lines(resolvConf)) {
      StringTokenizer words = new StringTokenizer(line);
      if (words.countTokens() > 1 && words.nextToken().equals("nameserver")) {
        String host = words.nextToken();
        if (isLiteral(host)) {
          literal(host).ifPresent(servers::add);
        }
      }
    }
    return servers.isEmpty() ? List.of(parse("127.0.0.1")) : servers;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Skips unusable lines, such as a scope id of an interface that is down. */
  private static Optional<InetSocketAddress> literal(String host) {
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByName(host), PORT));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Only literals: a name would have to be looked up by the servers that are read here. */
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("(" + OCTET + "\\.){3}" + OCTET);
  }

  static InetSocketAddress parse(String text) {
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(bracket, 0));
    if (bracket >= 0) {
      String rest = text.substring(bracket + 1);
      return at(text.substring(1, bracket), rest.isEmpty() ? ":" + PORT : rest, text);
    }
    // Two or more colons without brackets: an IPv6 address without a port.
    return colon < 0 || colon != text.lastIndexOf(':')
        ? at(text, ":" + PORT, text)
        : at(text.substring(0, colon), text.substring(colon), text);
  }

  private static InetSocketAddress at(String host, String port, String text) {
    if (host.isEmpty() || !port.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(text + ": not a host[:port] or [v6]:port");
    }
    int number = Integer.parseInt(port.substring(1));
    if (number < 1 || number > MAX_PORT) {
      throw new IllegalArgumentException(text + ": no such port");
    }
    return new InetSocketAddress(host(host), number);
  }

  private static InetAddress host(String host) {
    // The JDK completes an IPv4 address: "53" is 0.0.0.53, "8.8.8" is 8.8.0.8.
    if (host.matches("[0-9.]*") && !isLiteral(host)) {
      throw new IllegalArgumentException(host + ": no address of a server");
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(host + ": no address of a server", e);
    }
  }

  /** A server over HTTPS or TLS is a host name, which is not looked up. */
  static String text(InetSocketAddress server) {
    String host =
        server.isUnresolved() ? server.getHostString() : server.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
  }
}
