package dev.sluice.genres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Tally;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Saved;
import dev.sluice.fetch.SavedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Genres in memory and in files, without requests ahead of demand. */
class GenresTest {
  private static final byte[] POLKA = GenreSite.json("\"pölkä 🎵\"");

  @TempDir Path folder;

  @Test
  void demandForThreeSendsThreeRequests() {
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      var genres = site.genres.fetch(1_000).test(3).awaitCount(3);
      site.client.awaitIdle();
      genres.assertValueCount(3).assertNotComplete();
      assertEquals(Collections.nCopies(3, GenreSite.PATH), site.server.paths());
      genres.request(2);
      genres.awaitCount(5);
      site.client.awaitIdle();
      assertEquals(5, site.server.paths().size());
      genres.cancel();
    }
  }

  @Test
  void takingThreeFilesSendsThreeRequests() throws IOException {
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      site.genres.downloadAll(1_000).take(3).test().awaitDone(10, SECONDS).assertValueCount(3);
      site.client.awaitIdle();
      assertEquals(3, site.server.paths().size());
      assertEquals(List.of("new_file0.txt", "new_file1.txt", "new_file2.txt"), saved());
    }
  }

  @Test
  void noDemandSendsNoRequest() {
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      site.genres.fetch(10).test(0).cancel();
      site.genres.fetch(0).test().assertResult();
      site.genres.downloadAll(0).test().assertResult();
      site.client.awaitIdle();
      assertEquals(List.of(), site.server.paths());
    }
  }

  @Test
  void aBatchSendsOneRequest() {
    try (GenreSite site = GenreSite.saying(folder, GenreSite.json("[\"a\",\"b\",\"c\"]"))) {
      var genres = site.genres.fetchBatch(3).test(1).awaitCount(1);
      genres.assertValuesOnly(Genre.of("a"));
      genres.request(2);
      genres.assertResult(Genre.of("a"), Genre.of("b"), Genre.of("c"));
      assertEquals(List.of(GenreSite.PATH + "3"), site.server.paths());
    }
  }

  @Test
  void sendsAsManyRequestsAtOnceAsThePolicyAllows() {
    try (GenreSite site = new GenreSite(folder, policy -> policy, Exchange::untilTheClientLeaves)) {
      var genres = site.genres.fetch(100).test();
      site.server.awaitRequests(10);
      assertEquals(10, site.client.policy().limiter().inFlight());
      genres.cancel();
      site.server.awaitOpen(0);
      assertEquals(10, site.server.paths().size());
    }
  }

  @Test
  void writesEachGenreIntoItsOwnFileInUtf8() throws IOException {
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      var outcomes =
          site.genres.downloadAll(12).test().awaitDone(10, SECONDS).assertComplete().values();
      assertEquals(12, tally(outcomes).succeeded());
      Genre polka = Genre.of("pölkä 🎵");
      Path file = folder.resolve("new_file11.txt");
      assertTrue(
          outcomes.contains(Outcome.success(11, new Saved<>(polka, new SavedFile(file, 12)))),
          outcomes::toString);
      assertEquals("pölkä 🎵", Files.readString(file));
      assertEquals(12, saved().size());
    }
  }

  @Test
  void aFailureDoesNotEndTheOthers() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (GenreSite site =
        new GenreSite(
            folder,
            policy -> Policy.limit(1).withSchedulers(policy.schedulers()),
            exchange ->
                exchange.send(asked.getAndIncrement() == 1 ? GenreSite.json("7") : POLKA))) {
      var outcomes = site.genres.downloadAll(4).test().awaitDone(10, SECONDS).values();
      assertEquals(new Tally(3, 0, 1), tally(outcomes));
      assertEquals(List.of("new_file0.txt", "new_file2.txt", "new_file3.txt"), saved());
    }
  }

  @Test
  void retriesAFailedAttempt() {
    AtomicInteger asked = new AtomicInteger();
    try (GenreSite site =
        new GenreSite(
            folder,
            policy -> policy.withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO))),
            exchange -> {
              if (asked.getAndIncrement() == 0) {
                exchange.reset();
              } else {
                exchange.send(POLKA);
              }
            })) {
      var genre = site.genres.fetch(1).test();
      site.server.awaitRequests(1);
      site.client.awaitIdle();
      site.client.pass(Duration.ofSeconds(1));
      genre.awaitDone(10, SECONDS).assertResult(Genre.of("pölkä 🎵"));
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAFailureOfThatGenre() throws IOException {
    Files.createDirectories(folder.resolve("new_file1.txt"));
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      var outcomes = site.genres.downloadAll(3).test().awaitDone(10, SECONDS).values();
      assertEquals(new Tally(2, 0, 1), tally(outcomes));
    }
  }

  @Test
  void aClosedClientFailsEveryGenre() {
    try (GenreSite site = GenreSite.saying(folder, POLKA)) {
      site.genres.close();
      var outcomes = site.genres.downloadAll(3).test().awaitDone(10, SECONDS).values();
      assertEquals(new Tally(0, 0, 3), tally(outcomes));
      site.genres.fetch(3).test().awaitDone(10, SECONDS).assertFailure(IOException.class);
    }
  }

  @Test
  void genresInMemoryNeedNoFolder() {
    try (GenreSite site = GenreSite.saying(folder, POLKA);
        Genres genres = Genres.inMemory(site.server.base(), GenreOptions.standard())) {
      genres.fetch(2).test().awaitDone(10, SECONDS).assertValueCount(2).assertComplete();
      genres
          .names()
          .run(7)
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(Outcome.success(7, Genre.of("pölkä 🎵")));
      assertThrows(IllegalStateException.class, genres::downloads);
      assertThrows(IllegalStateException.class, () -> genres.downloadAll(1));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // Callers are not all checked.
  void argumentsAreChecked() {
    URI base = URI.create("http://127.0.0.1/");
    Folder here = Folder.at(folder);
    assertThrows(NullPointerException.class, () -> Genres.at(base, null, GenreOptions.standard()));
    assertThrows(NullPointerException.class, () -> Genres.at(base, here, null));
    assertThrows(NullPointerException.class, () -> GenreOptions.of(null));
    assertThrows(NullPointerException.class, () -> Genre.of(null));
    assertThrows(IllegalArgumentException.class, () -> Genre.of(" \t"));
    try (Genres genres = Genres.at(base, here, GenreOptions.standard())) {
      assertThrows(IllegalArgumentException.class, () -> genres.fetch(-1));
      assertThrows(IllegalArgumentException.class, () -> genres.fetchBatch(0));
      assertThrows(IllegalArgumentException.class, () -> genres.downloadAll(-1));
    }
  }

  private static Tally tally(List<? extends Outcome<?, ?>> outcomes) {
    Tally tally = Tally.ZERO;
    for (Outcome<?, ?> outcome : outcomes) {
      tally = tally.plus(outcome);
    }
    return tally;
  }

  private List<String> saved() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
