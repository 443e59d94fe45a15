package dev.sluice.netty;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

/** The proxy of the JVM, which OkHttp would use, and this transport cannot. */
final class JvmProxy {
  private JvmProxy() {}

  /** Fails if the JVM has a proxy for this server. */
  static void requireNone(Origin origin) throws IOException {
    ProxySelector selector = ProxySelector.getDefault();
    String scheme = origin.isTls() ? "https" : "http";
    String host = origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host();
    URI uri = URI.create(scheme + "://" + host + ":" + origin.port() + "/");
    List<Proxy> proxies = selector == null ? List.of() : selector.select(uri);
    if (!proxies.isEmpty() && !proxies.get(0).equals(Proxy.NO_PROXY)) {
      throw new IOException("the JVM has a proxy for this URL, which is not supported over Netty");
    }
  }
}
