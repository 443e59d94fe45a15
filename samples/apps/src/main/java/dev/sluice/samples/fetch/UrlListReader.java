package dev.sluice.samples.fetch;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of URLs, one a line, in the form that aria2 reads: URLs of the same file are separated by
 * tabs, and lines that begin with a blank are options of the item before them. Empty lines and
 * those that start with {@code #} do not count.
 *
 * <pre>
 * https://example.org/a.iso&#9;https://mirror.example.org/a.iso
 *   out=a-1.0.iso
 *   checksum=sha-256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * </pre>
 */
final class UrlListReader implements ItemReader {
  static final int MAX_LINE = 16_384;

  private static final Pattern TABS = Pattern.compile("\t+");

  /** What decoding makes of other octets. */
  private static final char NO_UTF_8 = '\uFFFD';

  private final Reader in;
  private int lines;

  /** Read to find the end of an item. Checked when it is used: its fault is not of that item. */
  private @Nullable String ahead;

  /** Why the line that was read last has no end. */
  private @Nullable IOException broken;

  /**
   * A reader of this text.
   *
   * @param in buffered, because it is read character by character
   */
  UrlListReader(Reader in) {
    this.in = in;
  }

  @Override
  public Optional<ListedItem> next() throws IOException {
    String first = line();
    if (first == null) {
      return Optional.empty();
    }
    int at = lines;
    check(first);
    if (isOption(first)) {
      throw fault(at, "an option without a URL before it");
    }
    List<String> urls = List.of(TABS.split(first.strip()));
    String fileName = null;
    String checksum = null;
    String option = line();
    while (option != null && isOption(option)) {
      check(option);
      String text = option.strip();
      String value = text.substring(text.indexOf('=') + 1);
      if (text.startsWith(ListedItem.OUT) && fileName == null) {
        fileName = value;
      } else if (text.startsWith(ListedItem.CHECKSUM) && checksum == null) {
        checksum = value;
      } else {
        throw fault(
            lines,
            "the option "
                + TerminalText.quoted(text)
                + ": allowed are out=NAME and checksum=TYPE=HEX, each once");
      }
      option = line();
    }
    ahead = option;
    return Optional.of(
        new ListedItem(at, urls, Optional.ofNullable(fileName), Optional.ofNullable(checksum)));
  }

  private static boolean isOption(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  /** The next line that counts, not checked; null at the end. */
  private @Nullable String line() {
    String line = ahead;
    ahead = null;
    while (line == null || isPassedOver(line)) {
      line = read();
      if (line == null) {
        return null;
      }
    }
    return line;
  }

  private boolean isPassedOver(String line) {
    boolean isWhole = broken == null && line.length() <= MAX_LINE;
    return isWhole && (line.isBlank() || line.charAt(0) == '#');
  }

  /** Refuses the line that was read last if it has a fault. */
  private void check(String line) throws IOException {
    if (broken != null) {
      throw broken;
    }
    if (line.length() > MAX_LINE) {
      throw fault(lines, "longer than " + MAX_LINE + " characters");
    }
    if (line.indexOf(NO_UTF_8) >= 0) {
      throw fault(lines, "not UTF-8");
    }
  }

  /**
   * A line without its end, which has one character or two; null at the end of the text. Of a line
   * that is too long, or that cannot be read to its end, the start.
   */
  private @Nullable String read() {
    StringBuilder line = new StringBuilder();
    lines++;
    try {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      while (c >= 0 && c != '\n' && line.length() <= MAX_LINE) {
        line.append((char) c);
        c = in.read();
      }
    } catch (IOException e) {
      broken = e;
    }
    return line.toString();
  }

  private static ListException fault(int line, String what) {
    return new ListException("line " + line + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
