package dev.sluice.genres;

import dev.sluice.ReactiveStreamsTest;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams of genres keep the rules of Reactive Streams. */
class GenresStreamsTest {
  @TempDir Path folder;

  @Test
  void fetch() {
    verify(Genres::fetch);
  }

  @Test
  void downloadAll() {
    verify(Genres::downloadAll);
  }

  @Test
  void fetchBatch() {
    try (GenreSite site =
        new GenreSite(
            folder,
            policy -> policy,
            exchange -> {
              int count = Integer.parseInt(exchange.path().substring(GenreSite.PATH.length()));
              List<String> batch = Collections.nCopies(count, "\"polka\"");
              exchange.send(GenreSite.json(batch.toString()));
            })) {
      ReactiveStreamsTest.verify(
          keys ->
              keys.count()
                  .filter(count -> count > 0)
                  .flatMapPublisher(count -> site.genres.fetchBatch(count.intValue())));
    }
  }

  private void verify(BiFunction<Genres, Integer, Flowable<?>> stream) {
    try (GenreSite site = GenreSite.saying(folder, GenreSite.json("\"polka\""))) {
      ReactiveStreamsTest.verify(
          keys ->
              keys.count().flatMapPublisher(count -> stream.apply(site.genres, count.intValue())));
    }
  }
}
