package dev.sluice.netty;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;

/** The proxy of the JVM, which OkHttp would use, and this transport cannot. */
final class JvmProxy {
  private JvmProxy() {}

  /** Fails if the JVM has a proxy for the server of this URL. */
  static void requireNone(HttpUrl url) throws IOException {
    List<Proxy> proxies = proxies(root(url));
    if (!proxies.isEmpty() && !proxies.get(0).equals(Proxy.NO_PROXY)) {
      throw new IOException("the JVM has a proxy for this URL, which is not supported over Netty");
    }
  }

  private static List<Proxy> proxies(URI uri) throws IOException {
    ProxySelector selector = ProxySelector.getDefault();
    try {
      return selector == null ? List.of() : selector.select(uri);
    } catch (RuntimeException e) {
      throw new IOException("the proxy selector of the JVM failed: " + e, e);
    }
  }

  private static URI root(HttpUrl url) {
    return new HttpUrl.Builder()
        .scheme(url.scheme())
        .host(url.host())
        .port(url.port())
        .build()
        .uri();
  }
}
