package dev.sluice.samples.servers.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of a master file: a line each, or several within parentheses. */
final class ZoneEntries {
  private final BufferedReader lines;
  private int line;

  ZoneEntries(BufferedReader lines) {
    this.lines = lines;
  }

  /**
   * @param words at least one
   * @param continuesOwner whether it starts with a blank, and so has the owner of the one before
   */
  record Entry(List<String> words, boolean continuesOwner) {}

  /** The number of the line that was read last. */
  int line() {
    return line;
  }

  Optional<Entry> next() throws IOException {
    for (String text = readLine(); text != null; text = readLine()) {
      boolean continues = text.startsWith(" ") || text.startsWith("\t");
      List<String> words = new ArrayList<>();
      int depth = split(text, words, 0);
      while (depth > 0) {
        String more = readLine();
        if (more == null) {
          throw new IllegalArgumentException("a '(' without its ')'");
        }
        depth = split(more, words, depth);
      }
      if (!words.isEmpty()) {
        return Optional.of(new Entry(words, continues));
      }
    }
    return Optional.empty();
  }

  // BufferedReader.readLine() returns null at the end, and so does this.
  @SuppressWarnings("NullAway")
  private String readLine() throws IOException {
    line++;
    return lines.readLine();
  }

  /** Adds a line's words, without its comment, and returns how many parentheses stay open. */
  private static int split(String text, List<String> words, int open) {
    int depth = open;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ';') {
        break;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (!Character.isWhitespace(c)) {
        int end = c == '"' ? quoteEnd(text, i) : wordEnd(text, i);
        words.add(c == '"' ? text.substring(i + 1, end) : text.substring(i, end));
        i = c == '"' ? end : end - 1;
      }
    }
    return depth;
  }

  private static int quoteEnd(String text, int quote) {
    int end = text.indexOf('"', quote + 1);
    if (end < 0) {
      throw new IllegalArgumentException("a '\"' without the one that closes it");
    }
    return end;
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length() && " \t;()\"".indexOf(text.charAt(end)) < 0) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }
}
