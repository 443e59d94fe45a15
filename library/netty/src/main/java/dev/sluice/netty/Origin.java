package dev.sluice.netty;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A server: where a connection leads.
 *
 * @param isTls whether the connection is encrypted
 * @param host a name or an address
 * @param port from 1 to 65535
 */
record Origin(boolean isTls, String host, int port) {
  static Origin of(HttpUrl url) {
    return new Origin(url.isHttps(), url.host(), url.port());
  }

  /** Written out: a first use of those that a record has by itself takes 20 ms. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && isTls == origin.isTls
        && port == origin.port
        && host.equals(origin.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
