package dev.sluice.samples.servers.flags;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a client asks for (RFC 9110, section 14).
 *
 * @param first the first byte, or a negative count of bytes from the end
 * @param last the last byte, which may lie behind the end
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /** Empty for what a server is free to ignore: several ranges, other units, nonsense. */
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

  /** The range within so many bytes; empty if no byte of them is in it. */
  Optional<ByteRange> within(int length) {
    long from = first < 0 ? Math.max(0, length + first) : first;
    long to = Math.min(last, length - 1L);
    return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to));
  }

  private static ByteRange suffix(long bytes) {
    // The last 0 bytes are well-formed and cannot be served: they start behind any end.
    return new ByteRange(bytes == 0 ? Long.MAX_VALUE : -bytes, Long.MAX_VALUE);
  }

  /** Any number of digits is legal; more than 18 of them are as far away as can be. */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
