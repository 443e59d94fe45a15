package dev.sluice.benchmarks;

import dev.sluice.http.HttpOptions;
import dev.sluice.testkit.TransportContract;
import org.junit.jupiter.api.Timeout;

/** The trial of another transport keeps the contract of transports. */
@Timeout(60)
class NettyCallsTest extends TransportContract {
  private final NettyCalls calls = new NettyCalls(1);

  @Override
  protected HttpOptions options() {
    return HttpOptions.standard().withCalls(calls);
  }

  @Override
  protected void close() {
    calls.close();
  }
}
