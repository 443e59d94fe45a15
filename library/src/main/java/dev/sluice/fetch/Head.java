package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a response says about the file.
 *
 * @param status the status code
 * @param validators which version it is
 * @param bodyBytes the length of the body; negative if it is not known
 * @param range that of a {@code Content-Range} (RFC 9110, section 14.4); null for none
 * @param coding the {@code Content-Encoding} in lower case; empty for none, and for that of the
 *     file itself, see {@link FileCoding}
 * @param disposition the {@code Content-Disposition}; null for none
 * @param modified the {@code Last-Modified} as a time; null for none
 */
record Head(
    int status,
    Validators validators,
    long bodyBytes,
    @Nullable Range range,
    String coding,
    @Nullable String disposition,
    @Nullable Instant modified) {
  private static final Pattern RANGE =
      Pattern.compile("(?i)\\s*bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)\\s*");
  private static final String LAST_MODIFIED = "Last-Modified";
  private static final String SEVERAL_RANGES = "multipart/byteranges";
  private static final int LONGEST_DISPOSITION = 2_000;

  /**
   * A part of a file.
   *
   * @param from the first byte; negative for no part
   * @param to the last byte; negative for no part
   * @param length of the whole file; negative if it is not known
   */
  record Range(long from, long to, long length) {
    boolean isWhole() {
      return from == 0 && (length < 0 || to + 1 == length);
    }
  }

  static Head of(Response response) {
    Headers headers = response.headers();
    String disposition = headers.get("Content-Disposition");
    long bodyBytes = requireNonNull(response.body()).contentLength();
    String coding = coding(headers);
    return new Head(
        response.code(),
        Validators.of(headers),
        bodyBytes,
        range(headers),
        FileCoding.isOfFile(response.request().url(), coding, bodyBytes) ? "" : coding,
        disposition != null && disposition.length() > LONGEST_DISPOSITION ? null : disposition,
        HttpTime.of(headers, LAST_MODIFIED));
  }

  private static String coding(Headers headers) {
    String coding = String.join(",", headers.values("Content-Encoding")).strip();
    String lower = coding.toLowerCase(Locale.ROOT);
    return lower.equals("identity") ? "" : lower;
  }

  private static @Nullable Range range(Headers headers) {
    String type = headers.get("Content-Type");
    if (type != null && type.regionMatches(true, 0, SEVERAL_RANGES, 0, SEVERAL_RANGES.length())) {
      // The body has a head for each range (RFC 9110, section 15.3.7.2), and is none itself.
      return null;
    }
    Matcher range = RANGE.matcher(String.join(",", headers.values("Content-Range")));
    if (!range.matches()) {
      return null;
    }
    long length = range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
    return range.group(1) == null
        ? new Range(-1, -1, length)
        : new Range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)), length);
  }

  /**
   * The time of the file. As {@code curl -R} and wget do; one of the future would be wrong. One
   * before 1970, such as the year 1 that programs send for none, is not kept by all file systems:
   * the file would look edited to the next run.
   */
  Instant fileTime() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return modified == null || modified.isAfter(now) || modified.isBefore(Instant.EPOCH)
        ? now
        : modified;
  }

  /** Whether this is the rest of a file, from this byte on, of this version. */
  boolean isRestOf(PartRecord part, long have) {
    return range != null
        && coding.isEmpty()
        && range.from() == have
        && range.to() >= have
        // Without the length of the whole, this may be a part of the rest.
        && range.to() < wholeBytes(range, part)
        && (range.length() < 0 || part.length() < 0 || range.length() == part.length())
        && (bodyBytes < 0 || bodyBytes == range.to() - have + 1)
        && part.validators().fitRest(validators);
  }

  private static long wholeBytes(Range range, PartRecord part) {
    return range.length() < 0 ? part.length() : range.length();
  }

  /**
   * The head of the whole file, after a response with the rest of it. That is without the fields
   * which the first response had (RFC 9110, section 15.3.7).
   */
  Head ofRest(PartRecord part) {
    Headers first = Headers.of(LAST_MODIFIED, part.validators().lastModified());
    return new Head(
        status,
        part.validators(),
        bodyBytes,
        range,
        coding,
        part.disposition().isEmpty() ? disposition : part.disposition(),
        part.validators().lastModified().isEmpty() ? modified : HttpTime.of(first, LAST_MODIFIED));
  }

  /** Whether a response with the whole file cannot be right: the same version, another length. */
  boolean contradicts(PartRecord part) {
    return part.length() >= 0
        && bodyBytes >= 0
        && part.length() != bodyBytes
        && part.validators().ifRange().equals(validators.etag());
  }

  /** What keeps the body from being the whole file as it is; empty for nothing. */
  String unasked() {
    if (!coding.isEmpty()) {
      return "a Content-Encoding that was not asked for: " + coding;
    }
    if (range == null || range.from() < 0 || range.isWhole()) {
      return "";
    }
    return "a Content-Range that was not asked for: bytes " + range.from() + "-" + range.to();
  }

  /** Whether this is exactly these bytes of a file, of this version, with their number. */
  boolean isPart(PartRecord part, long from, long to) {
    return status == 206
        && range != null
        && coding.isEmpty()
        && range.from() == from
        && range.to() == to - 1
        && range.length() == part.length()
        && bodyBytes == to - from
        && validators.etag().equals(part.validators().etag());
  }
}
