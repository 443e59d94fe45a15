package dev.sluice.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Limiter;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener hears of every byte, and disturbs no download. */
@Timeout(30)
class ByteProgressTest {
  private static final int LONG = 1_000_000;

  @TempDir Path work;

  @AfterEach
  void resetHandler() {
    RxJavaPlugins.setErrorHandler(null);
  }

  @Test
  void hearsOfEveryByteOfSmallAndLargeFiles() {
    AtomicLong received = new AtomicLong();
    assertEquals(2, successes(received::addAndGet));
    assertEquals(LONG + 10, received.get());
  }

  @Test
  void whatItThrowsIsReportedAndNoMore() {
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    RxJavaPlugins.setErrorHandler(reported::add);
    assertEquals(
        2,
        successes(
            bytes -> {
              throw new IllegalStateException("of a listener");
            }));
    assertTrue(reported.size() >= 2, reported::toString);
    reported.forEach(e -> assertEquals("of a listener", e.getMessage()));
  }

  private long successes(LongConsumer listener) {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  int length = exchange.path().equals("/long") ? LONG : 10;
                  exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                  exchange.send(new byte[length]);
                });
        HttpClient client =
            HttpClient.at(server.base(), Policy.of(Limiter.of(2)), HttpOptions.standard())) {
      URI base = server.base();
      return Downloads.into(Folder.at(work), client)
          .withProgress(listener)
          .downloadAll(Flowable.just("long", "short").map(base::resolve).map(Download::of))
          .filter(outcome -> outcome instanceof Success)
          .count()
          .blockingGet();
    }
  }
}
