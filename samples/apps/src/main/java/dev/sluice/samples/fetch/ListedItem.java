package dev.sluice.samples.fetch;

import dev.sluice.TerminalText;
import dev.sluice.samples.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One item of a list of downloads, as it is written there.
 *
 * @param line the line of the list on which it begins, from 1; 0 for an argument
 * @param urls its URL, then its mirrors; at least one
 * @param fileName the name that the list gives to its file
 * @param checksum the checksum that the list gives, such as {@code sha-256=…}
 */
record ListedItem(
    int line, List<String> urls, Optional<String> fileName, Optional<String> checksum) {

  private static final String TAB = "\t";

  /** Begins a URL that is refused for its user, and that must not become the URL without it. */
  private static final String REFUSED = "no URL: ";

  /** Begins the option that names the file, in lists as in {@link #text}. */
  static final String OUT = "out=";

  /** Begins the option that has the checksum. */
  static final String CHECKSUM = "checksum=";

  /** An item that is a URL alone. */
  static ListedItem ofUrl(int line, String url) {
    return new ListedItem(line, List.of(url), Optional.empty(), Optional.empty());
  }

  /** The item in one line, with tabs between its parts, of which {@link #ofText} makes it again. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String url : urls) {
      text.append(text.isEmpty() ? "" : TAB).append(key(url));
    }
    fileName.ifPresent(name -> text.append(TAB).append(OUT).append(name));
    checksum.ifPresent(hash -> text.append(TAB).append(CHECKSUM).append(hash));
    return text.toString();
  }

  private static String key(String url) {
    String shown = Urls.shown(url);
    return shown.equals(url) ? url : REFUSED + shown;
  }

  static ListedItem ofText(String text) {
    List<String> urls = new ArrayList<>();
    Optional<String> fileName = Optional.empty();
    Optional<String> checksum = Optional.empty();
    for (String part : text.split(TAB, -1)) {
      if (part.startsWith(OUT) && !urls.isEmpty()) {
        fileName = Optional.of(part.substring(OUT.length()));
      } else if (part.startsWith(CHECKSUM) && !urls.isEmpty()) {
        checksum = Optional.of(part.substring(CHECKSUM.length()));
      } else {
        urls.add(part);
      }
    }
    return new ListedItem(0, List.copyOf(urls), fileName, checksum);
  }

  /** The URL, as it may be shown: what the item is called in messages. */
  @Override
  public String toString() {
    return TerminalText.escaped(Urls.shown(urls.get(0)));
  }
}
