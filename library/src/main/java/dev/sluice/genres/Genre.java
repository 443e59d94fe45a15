package dev.sluice.genres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The name of a genre, such as {@code deep swamp polka}.
 *
 * @param name 1 to {@value #MAX_CHARACTERS} characters, not all of them blank
 */
public record Genre(String name) {
  /** No genre is longer than this, in Unicode code points. */
  public static final int MAX_CHARACTERS = 1_000;

  /**
   * Checks the name, which must also be valid UTF-16.
   *
   * @param name 1 to {@value #MAX_CHARACTERS} characters, not all of them blank
   */
  public Genre {
    requireNonNull(name, "name");
    String fault = fault(name);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("genre: " + fault);
    }
  }

  /**
   * {@return the genre of this name}
   *
   * @param name 1 to {@value #MAX_CHARACTERS} characters, not all of them blank
   */
  public static Genre of(String name) {
    return new Genre(name);
  }

  /** What is wrong with a name; empty when nothing is. */
  static String fault(String name) {
    if (name.isBlank()) {
      return "an empty name";
    }
    int characters = name.codePointCount(0, name.length());
    if (characters > MAX_CHARACTERS) {
      return "a name of " + characters + " characters, of which " + MAX_CHARACTERS + " are allowed";
    }
    return UTF_8.newEncoder().canEncode(name) ? "" : "a name with half a character in it";
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return name;
  }
}
