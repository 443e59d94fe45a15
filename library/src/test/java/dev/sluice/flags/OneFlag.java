package dev.sluice.flags;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.SavedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One download of BR from a scripted server into a folder of its own. Checks for every outcome that
 * the folder has only the file of a success, and that a failure names the URL on one line.
 */
record OneFlag(Outcome<CountryCode, SavedFile> outcome, List<String> paths, String server) {
  static final CountryCode BR = CountryCode.of("BR");

  static OneFlag download(Path folder, RawServer.Script script) {
    return download(folder, FlagOptions.of(Policy.limit(2)), script);
  }

  static OneFlag download(Path folder, FlagOptions options, RawServer.Script script) {
    try (RawServer server = RawServer.answering(script)) {
      OneFlag flag = download(folder, options, server);
      assertEquals(0, options.policy().limiter().inFlight());
      return flag;
    }
  }

  private static OneFlag download(Path folder, FlagOptions options, RawServer server) {
    try (Flags flags = Flags.at(server.base(), Folder.at(folder), options)) {
      var outcome = flags.downloads().run(BR).test().awaitDone(10, SECONDS).assertComplete();
      OneFlag flag = new OneFlag(outcome.values().get(0), server.paths(), server.authority());
      flag.leftNothingElse(folder);
      return flag;
    }
  }

  SavedFile saved() {
    assertInstanceOf(Success.class, outcome, outcome::toString);
    return ((Success<CountryCode, SavedFile>) outcome).value();
  }

  IOException cause() {
    assertInstanceOf(Failure.class, outcome, outcome::toString);
    return ((Failure<CountryCode, SavedFile>) outcome).cause();
  }

  /** The failure's message, with {@code SERVER} for its host and port. */
  String said() {
    String message = String.valueOf(cause().getMessage()).replace(server, "SERVER");
    assertTrue(message.contains("http://SERVER/br/"), message);
    assertTrue(message.length() < 500, message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    return message;
  }

  private void leftNothingElse(Path folder) {
    List<Path> expected =
        outcome.fold(s -> List.of(s.value().path()), n -> List.of(), f -> List.of());
    assertEquals(expected, in(folder));
  }

  static List<Path> in(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
