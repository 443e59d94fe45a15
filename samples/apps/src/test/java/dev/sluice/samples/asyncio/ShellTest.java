package dev.sluice.samples.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.JavaProcess;
import dev.sluice.samples.Main;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellTest {
  @TempDir Path preferences;

  @Test
  void answersALineThatUsesTheLibrary() throws Exception {
    Process java =
        JavaProcess.start(
            "-Djava.util.prefs.userRoot=" + preferences, Main.class.getName(), "shell");
    List<String> said =
        typed(
            java,
            "await(Limiter.of(2).permit(Single.just(6 * 7)))",
            "await(Flowable.range(1, 3).map(i -> i * i))",
            "CountryCode.of(\"br\")");
    assertTrue(said.stream().anyMatch(line -> line.endsWith("==> 42")), said::toString);
    assertTrue(said.stream().anyMatch(line -> line.endsWith("==> [1, 4, 9]")), said::toString);
    assertTrue(said.stream().anyMatch(line -> line.endsWith("==> BR")), said::toString);
    assertEquals(0, java.waitFor());
  }

  @Test
  void saysThatARuntimeWithoutJShellHasNone() throws Exception {
    Process java =
        JavaProcess.start(
            "--limit-modules",
            "java.base,java.logging,java.desktop,java.sql,java.naming,jdk.unsupported",
            Main.class.getName(),
            "shell");
    List<String> said = typed(java);
    assertEquals(
        List.of(
            "sluice shell: there is no JShell in %s: run this with a JDK"
                .formatted(System.getProperty("java.home"))),
        said);
    assertEquals(1, java.waitFor());
  }

  private static List<String> typed(Process java, String... lines) throws IOException {
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      in.write(String.join("\n", lines) + "\n/exit\n");
      in.flush();
      return out.lines().toList();
    }
  }
}
