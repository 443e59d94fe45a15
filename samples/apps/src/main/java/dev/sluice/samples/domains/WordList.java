package dev.sluice.samples.domains;

import dev.sluice.samples.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Words that may become names of domains. */
sealed interface WordList {
  /**
   * The keywords and soft keywords of Python 3.11, without {@code _}, which cannot be registered.
   */
  WordList PYTHON =
      new Listed(
          """
          False None True and as assert async await break class continue def del elif else except
          finally for from global if import in is lambda nonlocal not or pass raise return try while
          with yield case match
          """);

  /** The keywords, literals and contextual keywords of Java 17. */
  WordList JAVA =
      new Listed(
          """
          abstract assert boolean break byte case catch char class const continue default do double
          else enum extends final finally float for goto if implements import instanceof int
          interface long native new package private protected public return short static strictfp
          super switch synchronized this throw throws transient try void volatile while true false
          null exports module non-sealed open opens permits provides record requires sealed to
          transitive uses var when with yield
          """);

  /** The words in lower case, each once. */
  List<String> all() throws IOException;

  /** Reads {@code python}, {@code java} or the path of a file with a word a line. */
  static WordList parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "python" -> PYTHON;
      case "java" -> JAVA;
      default -> new InFile(Path.of(text));
    };
  }

  /** Words that are part of the program. */
  record Listed(String text) implements WordList {
    @Override
    public List<String> all() {
      return tidy(Stream.of(text.split("\\s+")));
    }
  }

  /** The lines of a file. Empty lines and those that start with {@code #} do not count. */
  record InFile(Path file) implements WordList {
    @Override
    public List<String> all() throws IOException {
      try {
        TextFile.readable(file);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'"
                + file
                + "' is not a word list: allowed are python, java, and a file with a word a line",
            e);
      }
      try {
        return tidy(TextFile.read(file).lines().filter(line -> !line.strip().startsWith("#")));
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "'" + file + "' is not a word list: it is not text in UTF-8", e);
      }
    }
  }

  private static List<String> tidy(Stream<String> words) {
    return words
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
