package dev.sluice.samples.fetch;

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

  /** An item that is a URL alone. */
  static ListedItem ofUrl(int line, String url) {
    return new ListedItem(line, List.of(url), Optional.empty(), Optional.empty());
  }

  /** The URL as it is written: what the item is called in messages. */
  @Override
  public String toString() {
    return urls.get(0);
  }
}
