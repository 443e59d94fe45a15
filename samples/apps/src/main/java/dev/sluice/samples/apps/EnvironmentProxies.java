package dev.sluice.samples.apps;

import dev.sluice.http.HttpOptions;
import dev.sluice.http.ProxyEnvironment;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The proxies of {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, but none for servers
 * on this machine: those of the samples listen there.
 */
public final class EnvironmentProxies {
  private static final List<String> VARIABLES =
      List.of("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  private static final String LOOPBACK = "localhost,127.0.0.0/8,::1";

  private EnvironmentProxies() {}

  /**
   * The standard options with these proxies.
   *
   * @throws IllegalArgumentException if a variable names no HTTP proxy; the message says which
   */
  public static HttpOptions http() {
    return http(System.getenv());
  }

  /**
   * The standard options, for a transport without proxies.
   *
   * @throws IllegalArgumentException if a variable names one
   */
  public static HttpOptions noProxy() {
    return noProxy(System.getenv());
  }

  static HttpOptions noProxy(Map<String, String> environment) {
    VARIABLES.stream()
        .filter(environment::containsKey)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  name + " is set, and netty has no proxies: allowed is --transport=okhttp");
            });
    return HttpOptions.standard();
  }

  static HttpOptions http(Map<String, String> environment) {
    return isSet(environment)
        ? HttpOptions.standard().withProxy(proxies(environment))
        : HttpOptions.standard();
  }

  /** Whether this URL is asked by way of a proxy. */
  static boolean areUsedFor(URI url, Map<String, String> environment) {
    return isSet(environment) && !proxies(environment).select(url).equals(List.of(Proxy.NO_PROXY));
  }

  private static boolean isSet(Map<String, String> environment) {
    return VARIABLES.stream().anyMatch(environment::containsKey);
  }

  private static ProxyEnvironment proxies(Map<String, String> environment) {
    String given =
        environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", "")).strip();
    Map<String, String> withLoopback = new HashMap<>(environment);
    // "*" stands for all hosts only if nothing else is listed.
    withLoopback.put("no_proxy", given.equals("*") ? given : given + "," + LOOPBACK);
    return ProxyEnvironment.of(withLoopback);
  }
}
