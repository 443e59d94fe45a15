package dev.sluice.netty;

import dev.sluice.http.HttpOptions;
import dev.sluice.testkit.TransportContract;
import org.junit.jupiter.api.Timeout;

/** The transport keeps the contract of transports. */
@Timeout(60)
class NettyTransportTest extends TransportContract {
  @Override
  protected HttpOptions options() {
    return HttpOptions.standard().withTransport(NettyTransport::open);
  }
}
