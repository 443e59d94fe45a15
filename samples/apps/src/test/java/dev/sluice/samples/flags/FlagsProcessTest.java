package dev.sluice.samples.flags;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals and closed pipes, which need a JVM of their own. */
class FlagsProcessTest {
  @TempDir Path folder;

  @Test
  void exitsAfterTheLastFlag() throws Exception {
    Process java = start("BR");
    assertTrue(java.waitFor(20, SECONDS));
    assertEquals(0, java.exitValue());
    assertTrue(printed(java).contains("1 flag downloaded."));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void stopsWithASummaryAndCompleteFilesAfterSigterm() throws Exception {
    try (FlagServer slow =
        FlagServer.start(
            HttpServerSettings.onLoopback().withDelay(DelayRange.parse("10ms..20ms")))) {
      Process java = start("-e", "-m", "3", "-v", "-s", slow.uri().toString());
      try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
        awaitLine(out, "AE OK");
        // SIGTERM and not SIGINT, which a build in the background of a shell ignores.
        java.toHandle().destroy();
        List<String> rest = out.lines().toList();
        assertTrue(rest.stream().anyMatch(line -> line.endsWith("not finished: interrupted.")));
        assertTrue(rest.get(rest.size() - 1).startsWith("Elapsed time: "), rest::toString);
      }
      assertEquals(128 + 15, java.waitFor());
      assertEquals(List.of(), leftovers());
    }
  }

  @Test
  void stopsWhenThePipeIsClosed() throws Exception {
    // All 676 codes would take more than a minute.
    try (FlagServer slow =
        FlagServer.start(
            HttpServerSettings.onLoopback().withDelay(DelayRange.parse("200ms..200ms")))) {
      Process java = start("-e", "-m", "2", "-v", "-s", slow.uri().toString());
      try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
        awaitLine(out, "AD OK");
      }
      assertTrue(java.waitFor(20, SECONDS));
      assertEquals(List.of(), leftovers());
      long flags = Stream.of(requireNonNull(folder.toFile().list())).count();
      assertTrue(flags < 20, "went on for " + flags + " flags");
    }
  }

  @Test
  void leavesNoIncompleteFileAfterSigkill() throws Exception {
    Process java = start("-e", "-m", "100", "-v");
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      awaitLine(out, "AE OK");
      java.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".gif")).toList()) {
        byte[] gif = Files.readAllBytes(file);
        assertEquals(';', gif[gif.length - 1], file::toString);
      }
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> fixed =
        List.of("-Xshare:auto", Main.class.getName(), "flags", "-o", folder.toString());
    return JavaProcess.start(
        Stream.concat(fixed.stream(), Stream.of(arguments)).toArray(String[]::new));
  }

  private static void awaitLine(BufferedReader out, String wanted) throws IOException {
    String line = out.readLine();
    while (line != null && !line.equals(wanted)) {
      line = out.readLine();
    }
    assertFalse(line == null, "it ended before " + wanted);
  }

  private static String printed(Process java) throws IOException {
    return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The files that are not flags. */
  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".gif")).toList();
    }
  }
}
