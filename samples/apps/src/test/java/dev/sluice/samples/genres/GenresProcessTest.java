package dev.sluice.samples.genres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals and closed pipes, which need a JVM of their own. */
class GenresProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--tries=1", "--sequential"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void stopsWithASummaryAfterSigterm(String option) throws Exception {
    try (HttpServer slow =
        GenreServer.start(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("20ms")))) {
      Process java = start("genres", "-n", "100000", "-v", "--base", slow.uri().toString(), option);
      try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
        assertTrue(out.readLine().startsWith("Site: "));
        assertTrue(out.readLine().startsWith("Writing '"));
        // SIGTERM and not SIGINT, which a build in the background of a shell ignores.
        java.toHandle().destroy();
        List<String> rest = out.lines().toList();
        assertTrue(rest.stream().anyMatch(line -> line.endsWith("not finished: interrupted.")));
        assertTrue(rest.get(rest.size() - 1).startsWith("Elapsed time: "), rest::toString);
      }
      assertEquals(128 + 15, java.waitFor());
    }
  }

  @Test
  void stopsWhenThePipeIsClosed() throws Exception {
    try (HttpServer slow =
        GenreServer.start(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("5ms")))) {
      String base = slow.uri().toString();
      Process genres = start("genres", "-n", "100000", "-v", "--base", base);
      Process titles = start("titles", "--from", "1", "--to", "1000000", "-v", "--base", base);
      for (Process java : List.of(genres, titles)) {
        try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
          assertTrue(out.readLine().startsWith("Site: "));
        }
        assertTrue(java.waitFor(20, SECONDS));
      }
    }
  }

  private Process start(String command, String... arguments) throws IOException {
    List<String> fixed =
        List.of("-Xshare:auto", "-Dfile.encoding=UTF-8", Main.class.getName(), command);
    Stream<String> folderToo =
        command.equals("genres") ? Stream.of("-o", folder.toString()) : Stream.of();
    return JavaProcess.start(
        Stream.of(fixed.stream(), folderToo, Stream.of(arguments))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }
}
