package dev.sluice.genres;

import dev.sluice.Exchange;
import dev.sluice.ReactiveStreamsTck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The streams of genres keep the rules of Reactive Streams. */
class GenresStreamsTest {
  private static final byte[] POLKA = GenreSite.json("\"polka\"");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> streams() throws InterruptedException, ExecutionException {
    try (GenreSite fetched = GenreSite.saying(folder, POLKA);
        GenreSite downloaded = GenreSite.saying(folder, POLKA);
        GenreSite batch = new GenreSite(folder, policy -> policy, GenresStreamsTest::sendBatch)) {
      return ReactiveStreamsTck.verify(
          Map.of(
              "fetch",
              keys -> keys.count().flatMapPublisher(n -> fetched.genres.fetch(n.intValue())),
              "downloadAll",
              keys ->
                  keys.count().flatMapPublisher(n -> downloaded.genres.downloadAll(n.intValue())),
              "fetchBatch",
              keys ->
                  keys.count()
                      .filter(n -> n > 0)
                      .flatMapPublisher(n -> batch.genres.fetchBatch(n.intValue()))));
    }
  }

  private static void sendBatch(Exchange exchange) throws IOException {
    int count = Integer.parseInt(exchange.path().substring(GenreSite.PATH.length()));
    List<String> batch = Collections.nCopies(count, "\"polka\"");
    exchange.send(GenreSite.json(batch.toString()));
  }
}
