package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellTest {
  private static final String PROMPT = "jshell> ";

  @TempDir Path preferences;

  @Test
  void printsWhatTheSessionInTheReadmeShows() throws Exception {
    String session = session();
    String[] typed =
        session
            .lines()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()))
            .toArray(String[]::new);
    Process java =
        JavaProcess.start(
            "-Djava.util.prefs.userRoot=" + preferences, Main.class.getName(), "shell");
    List<String> printed = linesAfterTyping(java, typed);
    List<String> answers = session.lines().filter(line -> line.contains(" ==> ")).toList();
    assertEquals(3, answers.size(), session);
    for (String answer : answers) {
      assertTrue(printed.stream().anyMatch(line -> line.endsWith(answer)), printed::toString);
    }
    assertEquals(0, java.waitFor());
  }

  @Test
  void reportsARuntimeWithoutJShell() throws Exception {
    Process java =
        JavaProcess.start(
            "--limit-modules",
            "java.base,java.logging,java.desktop,java.sql,java.naming,jdk.unsupported",
            Main.class.getName(),
            "shell");
    List<String> printed = linesAfterTyping(java);
    assertEquals(
        List.of(
            "sluice shell: no JShell in %s: run this command with a JDK"
                .formatted(System.getProperty("java.home"))),
        printed);
    assertEquals(1, java.waitFor());
  }

  private static List<String> linesAfterTyping(Process java, String... lines) throws IOException {
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      in.write(String.join("\n", lines) + "\n/exit\n");
      in.flush();
      return out.lines().toList();
    }
  }

  private static String session() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    int start = readme.indexOf(PROMPT);
    return readme.substring(start, readme.indexOf("```", start));
  }
}
