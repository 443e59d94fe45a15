package dev.sluice.samples.servers.flags;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The byte range of a request (RFC 9110, section 14).
 *
 * @param first the offset of the first byte, or a negative number of bytes from the end
 * @param last the offset of the last byte, which may be behind the end
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * Reads a Range field. Empty for fields that a server may ignore: several ranges, other units.
   */
  static Optional<ByteRange> parse(String field) {
    Matcher matcher = SINGLE.matcher(field.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : Optional.of(suffix(number(last)));
    }
    ByteRange range = new ByteRange(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last));
    return range.first <= range.last ? Optional.of(range) : Optional.empty();
  }

  /** This range within a file of that length; empty if it contains no byte of the file. */
  Optional<ByteRange> within(int length) {
    long from = first < 0 ? Math.max(0, length + first) : first;
    long to = Math.min(last, length - 1L);
    return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to));
  }

  private static ByteRange suffix(long bytes) {
    // A range of the last 0 bytes is valid and never satisfiable.
    return new ByteRange(bytes == 0 ? Long.MAX_VALUE : -bytes, Long.MAX_VALUE);
  }

  /** Any number of digits is valid; more than 18 are treated as the largest offset. */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
