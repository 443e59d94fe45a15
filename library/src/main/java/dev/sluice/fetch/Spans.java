package dev.sluice.fetch;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file that are on the disk: spans in ascending order, with a gap between any two.
 *
 * @param all the spans
 */
record Spans(List<Span> all) {
  static final Spans NONE = new Spans(List.of());

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /**
   * Bytes from one place to another.
   *
   * @param from the first byte
   * @param to behind the last byte
   */
  record Span(long from, long to) {
    long length() {
      return to - from;
    }
  }

  /** The text {@code 0-99,200-299}, with the first and the last byte of each span. */
  String text() {
    return all.stream().map(span -> span.from + "-" + (span.to - 1)).collect(joining(","));
  }

  /** The first bytes. */
  static Spans upTo(long bytes) {
    return bytes == 0 ? NONE : new Spans(List.of(new Span(0, bytes)));
  }

  /** Reads such a text; none if it is no such text. */
  static Spans of(String text) {
    List<Span> all = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher span = TEXT.matcher(part);
      long end = all.isEmpty() ? -1 : all.get(all.size() - 1).to;
      if (!span.matches()) {
        return NONE;
      }
      long from = Long.parseLong(span.group(1));
      long to = Long.parseLong(span.group(2)) + 1;
      if (from <= end || to <= from) {
        return NONE;
      }
      all.add(new Span(from, to));
    }
    return new Spans(List.copyOf(all));
  }

  /** How many bytes there are from the start of the file on. */
  long prefix() {
    return all.isEmpty() || all.get(0).from > 0 ? 0 : all.get(0).to;
  }

  /** How many bytes there are. */
  long bytes() {
    return all.stream().mapToLong(Span::length).sum();
  }

  /** Those in a file that ends here. */
  Spans within(long length) {
    return new Spans(
        all.stream()
            .filter(span -> span.from < length)
            .map(span -> new Span(span.from, Math.min(span.to, length)))
            .toList());
  }

  /** What is missing in a file of this length. */
  List<Span> gaps(long length) {
    List<Span> gaps = new ArrayList<>();
    long end = 0;
    for (Span span : all) {
      if (span.from > end) {
        gaps.add(new Span(end, span.from));
      }
      end = span.to;
    }
    if (end < length) {
      gaps.add(new Span(end, length));
    }
    return gaps;
  }
}
