package dev.sluice.testkit;

import dev.sluice.http.HttpOptions;
import org.junit.jupiter.api.Timeout;

/** The transport that the library makes itself keeps the contract. */
@Timeout(60)
class OwnTransportTest extends TransportContract {
  @Override
  protected HttpOptions options() {
    return HttpOptions.standard();
  }
}
