package dev.sluice.netty;

import okhttp3.HttpUrl;

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

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
