package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the Javadoc of each public stream has the sections of the house style. */
class JavadocTest {
  private static final Pattern STREAM =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public (?:<[^(]*> )?Flowable<[^(]* (\\w+)\\(",
          Pattern.DOTALL);
  private static final List<String> SECTIONS =
      List.of("backpressure:", "scheduler", "failure", "cancellation");

  @Test
  void everyPublicStreamHasAllJavadocSections() throws IOException {
    List<String> silent = new ArrayList<>();
    int streams = 0;
    for (Path source : sources()) {
      Matcher stream = STREAM.matcher(Files.readString(source));
      while (stream.find()) {
        streams++;
        String javadoc = stream.group(1).toLowerCase(Locale.ROOT);
        SECTIONS.stream()
            .filter(section -> !javadoc.contains(section))
            .forEach(
                section ->
                    silent.add(source.getFileName() + " " + stream.group(2) + ": " + section));
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(streams >= 8, "it found the streams");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
