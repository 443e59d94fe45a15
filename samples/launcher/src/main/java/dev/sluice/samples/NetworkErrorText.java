package dev.sluice.samples;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Messages for network errors: unknown host, connection refused, unreachable, TLS. Each has one
 * wording that names the address.
 */
public final class NetworkErrorText {
  /** The address at the end of a message: {@code h.example/192.0.2.1:80}, {@code /[::1]:80}. */
  private static final Pattern ADDRESS = Pattern.compile("([^/\\s]*)/([^/\\s]+:\\d+)$");

  private NetworkErrorText() {}

  /** Whether the exception itself, and not only a cause, is one of the JDK for the network. */
  static boolean isNetworkError(Throwable e) {
    return e instanceof SocketException
        || e instanceof SocketTimeoutException
        || e instanceof UnknownHostException
        || e instanceof SSLException;
  }

  /**
   * The message for the network error among an exception and its causes; empty if there is none.
   *
   * @param asked the URL, or host and port, of the request; empty if unknown
   */
  public static Optional<String> of(Throwable e, String asked) {
    List<Throwable> chain = chain(e);
    String address = address(chain, asked.isEmpty() ? "it" : hostAndPort(asked));
    // The innermost cause is the most precise one: OkHttp wraps "Network is unreachable" as a
    // refused
    // connection.
    for (int i = chain.size() - 1; i >= 0; i--) {
      Optional<String> words = words(chain.get(i), address);
      if (words.isPresent()) {
        return words;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> words(Throwable e, String address) {
    if (e instanceof CertificateExpiredException) {
      return Optional.of("the certificate of " + address + " has expired");
    }
    if (e instanceof CertificateNotYetValidException) {
      return Optional.of("the certificate of " + address + " is not valid yet");
    }
    if (e instanceof UnknownHostException) {
      return Optional.of("unknown host " + host(e, address));
    }
    if (e instanceof SSLException) {
      return Optional.of(tls(text(e), address));
    }
    if (e instanceof SocketTimeoutException && text(e).contains("connect")) {
      return Optional.of("no answer from " + address);
    }
    return e instanceof SocketException ? socket(e, address) : Optional.empty();
  }

  private static Optional<String> socket(Throwable e, String address) {
    if (e instanceof NoRouteToHostException || text(e).contains("unreachable")) {
      return Optional.of(address + " cannot be reached");
    }
    if (e instanceof ConnectException) {
      return Optional.of("connection refused by " + address);
    }
    return text(e).startsWith("Connection reset")
        ? Optional.of("connection reset by " + address)
        : Optional.empty();
  }

  private static String tls(String text, String address) {
    if (text.contains("valid certification path")) {
      return "the certificate of " + address + " is not trusted";
    }
    if (text.contains("not verified")
        || text.contains("No subject alternative")
        || text.contains("No name matching")) {
      return "the certificate of " + address + " is for another host";
    }
    if (text.contains("Unsupported or unrecognized SSL message")) {
      return address + " does not speak TLS";
    }
    return "no TLS connection to " + address + ": " + ErrorText.lowerCase(text);
  }

  private static String host(Throwable e, String address) {
    String known = address.replaceFirst(":\\d+$", "");
    return known.isEmpty() || known.equals("it") ? text(e).replaceFirst(":.*", "") : known;
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String hostAndPort(String asked) {
    return asked.contains("://") ? Urls.hostAndPort(asked) : asked;
  }

  /** The address asked, or that of the proxy if the message names another host or port. */
  private static String address(List<Throwable> chain, String asked) {
    Optional<Matcher> tried =
        chain.stream().map(e -> ADDRESS.matcher(text(e))).filter(Matcher::find).findFirst();
    if (tried.isEmpty()) {
      return asked;
    }
    String name = tried.get().group(1);
    String literal = tried.get().group(2);
    String address = name.isEmpty() ? literal : name + literal.substring(literal.lastIndexOf(':'));
    // IPv6 addresses have several spellings.
    boolean isSameIpv6 = asked.startsWith("[") && literal.startsWith("[");
    return isSameIpv6 ? asked : address;
  }

  private static List<Throwable> chain(Throwable e) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = e; cause != null && chain.size() < 20; cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }
}
