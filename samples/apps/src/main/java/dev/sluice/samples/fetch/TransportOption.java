package dev.sluice.samples.fetch;

import dev.sluice.http.HttpOptions;
import dev.sluice.netty.NettyTransport;
import dev.sluice.samples.apps.EnvironmentProxies;
import picocli.CommandLine.Option;

/** The option that says what sends the requests. */
final class TransportOption {
  private enum Transport {
    OKHTTP,
    NETTY
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "okhttp",
      description =
          "Send the requests by okhttp or by netty. netty has the TLS of BoringSSL on Linux x86-64,"
              + " which costs half the CPU time, and no proxies. Default: ${DEFAULT-VALUE}.")
  private Transport transport = Transport.OKHTTP;

  /**
   * The options of the client.
   *
   * @throws IllegalArgumentException if a variable names no HTTP proxy, or one that netty would
   *     have to use
   */
  HttpOptions http() {
    return transport == Transport.NETTY
        ? EnvironmentProxies.noProxy().withTransport(NettyTransport::open)
        : EnvironmentProxies.http();
  }
}
