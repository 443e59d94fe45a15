package dev.sluice.samples.hello;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One source file of this module.
 *
 * @param file where it is, relative to the module
 * @param text what it contains
 */
record RecipeFile(Path file, String text) {
  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/samples/hello");
  private static final Pattern CLASS =
      Pattern.compile("\npublic final class \\w+ \\{\n(.*)\n}\n", Pattern.DOTALL);
  private static final Pattern ONLY_MAIN =
      Pattern.compile("  public static void main\\(.*?\\)[^\n]* \\{\n(.*)\n  }", Pattern.DOTALL);

  static List<RecipeFile> all() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(file -> !file.endsWith("package-info.java"))
          .sorted()
          .map(RecipeFile::read)
          .toList();
    }
  }

  private static RecipeFile read(Path file) {
    try {
      return new RecipeFile(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return file.getFileName().toString().replace(".java", "");
  }

  /** What the README shows: the body of {@code main}, or of the class if it has other members. */
  String snippet() {
    Matcher body = CLASS.matcher(text);
    if (!body.find()) {
      throw new IllegalStateException(file + " is not one public final class");
    }
    Matcher main = ONLY_MAIN.matcher(body.group(1));
    return (main.matches() ? main.group(1) : body.group(1)).stripIndent() + "\n";
  }

  @Override
  public String toString() {
    return name();
  }
}
