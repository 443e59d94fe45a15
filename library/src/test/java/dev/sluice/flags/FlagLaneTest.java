package dev.sluice.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lane of a flag is the host and port of its server. */
@Timeout(30)
class FlagLaneTest {
  /** After an attempt, the lane is remembered until its bucket is full again. */
  private final Limiter limiter =
      Limiter.of(1, Lanes.limit(1).withRate(Rate.of(1, Duration.ofHours(1))), new TestScheduler());

  @TempDir Path folder;

  @Test
  void ofAnImage() throws IOException {
    try (RawServer server = RawServer.saying(FlagSite.FLAG);
        Flags flags = Flags.inMemory(server.base(), FlagOptions.of(Policy.of(limiter)))) {
      flags.images().run(CountryCode.of("br")).blockingGet().orElseThrow();
      assertLaneOf(server);
    }
  }

  @Test
  void ofAFile() throws IOException {
    try (RawServer server = RawServer.saying(FlagSite.FLAG);
        Flags flags =
            Flags.at(server.base(), Folder.at(folder), FlagOptions.of(Policy.of(limiter)))) {
      flags.downloads().run(CountryCode.of("br")).blockingGet().orElseThrow();
      assertLaneOf(server);
    }
  }

  private void assertLaneOf(RawServer server) {
    String lane = server.base().getHost() + ":" + server.base().getPort();
    assertEquals(Set.of(lane), limiter.usage().lanes().keySet());
  }
}
