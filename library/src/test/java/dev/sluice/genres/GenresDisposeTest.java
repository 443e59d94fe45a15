package dev.sluice.genres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Answers;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A failure that comes with a cancellation is no bug, and so not reported as one. */
@Timeout(60)
final class GenresDisposeTest {
  private static final int ROUNDS = 300;

  private final List<Throwable> undelivered = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    RxJavaPlugins.setErrorHandler(undelivered::add);
  }

  @AfterEach
  void reset() {
    RxJavaPlugins.setErrorHandler(null);
  }

  @Test
  void fetchIsQuietAfterACancellation() {
    assertQuiet(genres -> genres.fetch(8));
  }

  @Test
  void fetchBatchIsQuietAfterACancellation() {
    assertQuiet(genres -> genres.fetchBatch(3));
  }

  @Test
  void downloadAllIsQuietAfterACancellation() {
    assertQuiet(genres -> genres.downloadAll(8));
  }

  /** The server refuses everything, and the client goes away while it does so. */
  private void assertQuiet(Function<Genres, Flowable<?>> stream) {
    try (GenreSite site = GenreSite.saying(folder, Answers.status("500 Internal Server Error"))) {
      for (int round = 0; round < ROUNDS; round++) {
        var running = stream.apply(site.genres).test();
        site.server.awaitRequests(round / 2 + 1);
        running.cancel();
      }
      site.client.awaitIdle();
    }
    assertEquals(List.of(), undelivered);
  }
}
