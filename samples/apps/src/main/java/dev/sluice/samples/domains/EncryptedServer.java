package dev.sluice.samples.domains;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.HttpsResolver;
import dev.sluice.dns.TlsResolver;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.ProxyEnvironment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A name server that is asked over HTTPS or TLS: {@code https://…} or {@code tls://HOST[:PORT]}.
 */
final class EncryptedServer {
  private static final int LIMIT = 32;
  private static final String TLS = "tls";

  private final URI url;

  private EncryptedServer(URI url) {
    this.url = url;
  }

  static boolean isOne(String text) {
    return text.contains("://");
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  static EncryptedServer parse(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw refused(text, e);
    }
    boolean isTls = TLS.equals(url.getScheme()) && url.getRawPath().isEmpty();
    boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (url.getHost() == null
        || !(isTls || isHttp)
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw refused(text, null);
    }
    return new EncryptedServer(url);
  }

  private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "'" + text + "' is no name server: allowed are https://HOST/PATH and tls://HOST[:PORT]",
        cause);
  }

  /** A resolver with the timeout and the tries of these options. */
  ResolverOptions.Open open(DnsOptions options) {
    Policy policy =
        Policy.limit(LIMIT)
            .withAttemptTimeout(options.timeout())
            .withRetry(Retry.upTo(options.tries()));
    if (TLS.equals(url.getScheme())) {
      int port = url.getPort() < 0 ? TlsResolver.PORT : url.getPort();
      SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
      TlsResolver resolver = TlsResolver.at(bare(url.getHost()), port, policy, sockets);
      return new ResolverOptions.Open(resolver, List.of(resolver));
    }
    HttpOptions http = HttpOptions.standard().withProxy(ProxyEnvironment.system());
    HttpsResolver resolver = HttpsResolver.at(url, policy, http);
    return new ResolverOptions.Open(resolver, List.of(resolver));
  }

  /** An IPv6 address without its brackets. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
