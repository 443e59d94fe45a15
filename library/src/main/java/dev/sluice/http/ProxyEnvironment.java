package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, by the rules of curl.
 *
 * <ul>
 *   <li>{@code http_proxy} for http, {@code https_proxy} or {@code HTTPS_PROXY} for https, else
 *       {@code all_proxy} or {@code ALL_PROXY}. The lower case wins; an empty value means no proxy.
 *       {@code HTTP_PROXY} in upper case counts for nothing: a web server sets it from the header
 *       {@code Proxy} of any request (CVE-2016-5385).
 *   <li>A value is {@code [http://][user:password@]host[:port]}; the port is 1080 unless named.
 *   <li>{@code no_proxy} or {@code NO_PROXY}: hosts, domains, IP addresses and CIDR blocks that are
 *       asked directly, separated by commas or spaces; {@code *} for all.
 * </ul>
 *
 * <p>Immutable and thread-safe. Credentials are sent to the proxy alone, and printed nowhere.
 */
public final class ProxyEnvironment extends ProxySelector {
  private static final int CURLS_PORT = 1080;

  /** The proxies that curl knows besides. */
  private static final Set<String> OTHERS =
      Set.of("https", "socks", "socks4", "socks4a", "socks5", "socks5h");

  private final @Nullable Entry http;
  private final @Nullable Entry https;
  private final NoProxy noProxy;

  private ProxyEnvironment(@Nullable Entry http, @Nullable Entry https, NoProxy noProxy) {
    this.http = http;
    this.https = https;
    this.noProxy = noProxy;
  }

  /**
   * {@return the proxies of this process's environment}
   *
   * @throws IllegalArgumentException if a variable names no HTTP proxy; the message says which
   */
  public static ProxyEnvironment system() {
    return of(System.getenv());
  }

  /**
   * {@return the proxies of this environment}
   *
   * @param environment names and values of variables
   * @throws IllegalArgumentException if a variable names no HTTP proxy; the message says which
   */
  public static ProxyEnvironment of(Map<String, String> environment) {
    Entry all = entry(environment, "all_proxy", "ALL_PROXY");
    Entry http = environment.containsKey("http_proxy") ? entry(environment, "http_proxy") : all;
    boolean ownHttps =
        environment.containsKey("https_proxy") || environment.containsKey("HTTPS_PROXY");
    Entry https = ownHttps ? entry(environment, "https_proxy", "HTTPS_PROXY") : all;
    String noProxy = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return new ProxyEnvironment(http, https, NoProxy.of(noProxy));
  }

  /** {@return the proxy for this URL, or {@link Proxy#NO_PROXY}} */
  @Override
  public List<Proxy> select(URI uri) {
    Entry entry = entryFor(uri.getScheme());
    // HttpUrl also knows the host if it has an underscore, as names of containers do.
    HttpUrl url = HttpUrl.parse(uri.toString());
    String host = url == null ? null : url.host();
    return List.of(
        entry == null || host == null || noProxy.covers(host) ? Proxy.NO_PROXY : entry.proxy());
  }

  /** Does nothing: there is no other proxy to choose. */
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException cause) {
    requireNonNull(uri, "uri");
  }

  /** The credentials for a proxy; null for none. */
  @Nullable Authorization authorization(Proxy proxy, boolean tls) {
    Entry entry = tls ? https : http;
    return entry != null && entry.proxy().equals(proxy) ? entry.authorization() : null;
  }

  private @Nullable Entry entryFor(@Nullable String scheme) {
    return "https".equalsIgnoreCase(scheme) ? https : http;
  }

  private static @Nullable Entry entry(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        return value.isBlank() ? null : Entry.parse(name, value.strip());
      }
    }
    return null;
  }

  /** {@return the proxies' hosts and ports, without credentials} */
  @Override
  public String toString() {
    return "ProxyEnvironment[http: " + describe(http) + ", https: " + describe(https) + "]";
  }

  private static String describe(@Nullable Entry entry) {
    return entry == null ? "direct" : String.valueOf(entry.proxy().address());
  }

  private record Entry(Proxy proxy, @Nullable Authorization authorization) {
    static Entry parse(String name, String value) {
      String full = value.contains("://") ? value : "http://" + value;
      HttpUrl url = HttpUrl.parse(full);
      if (url == null || url.isHttps()) {
        // The value may hold a password: only a known scheme is repeated.
        String scheme = full.substring(0, full.indexOf("://")).toLowerCase(Locale.ROOT);
        throw new IllegalArgumentException(
            name
                + ": must be http://host:port"
                + (OTHERS.contains(scheme) ? ", a " + scheme + " proxy is no choice" : ""));
      }
      boolean portNamed = full.substring(full.lastIndexOf('@') + 1).matches(".*:80(/.*)?");
      int port = url.port() == 80 && !portNamed ? CURLS_PORT : url.port();
      return new Entry(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.host(), port)),
          url.username().isEmpty() && url.password().isEmpty()
              ? null
              : Authorization.basic(url.username(), url.password()));
    }

    @Override
    public String toString() {
      return proxy.toString().toLowerCase(Locale.ROOT);
    }
  }
}
