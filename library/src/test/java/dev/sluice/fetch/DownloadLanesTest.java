package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download is in the lane of the server that its URL names, not in that of the client. */
class DownloadLanesTest {
  @TempDir Path folder;

  @Test
  void whatAServerAllowsIsToldToItsLane() {
    Lanes lanes = Lanes.limit(2).withParking(Duration.ofHours(1));
    Limiter limiter = Limiter.of(4, lanes, new TestScheduler());
    try (RangeServer home = new RangeServer();
        RangeServer other = new RangeServer();
        HttpClient client =
            HttpClient.at(home.raw().base(), Policy.of(limiter), HttpOptions.standard())) {
      URI url = other.serve("x.bin", content(1, 100_000));
      other.script(
          "x.bin",
          (exchange, file) -> {
            exchange.send(ok(file).replace("ETag", "RateLimit: \"a\";r=0;t=100\r\nETag"));
            exchange.send(file);
            return true;
          });
      DownloadFixture.outcome(Downloads.into(Folder.at(folder), client), Download.of(url));
      assertEquals(Duration.ofSeconds(101), limiter.usage().lane(HttpClient.lane(url)).parkedFor());
      assertEquals(Duration.ZERO, limiter.usage().lane(client.lane()).parkedFor());
    }
  }
}
