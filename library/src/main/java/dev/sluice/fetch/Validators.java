package dev.sluice.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What tells one version of a file from another (RFC 9110, section 8.8).
 *
 * @param etag as the server sent it, weak or strong; empty for none
 * @param lastModified the date as the server sent it; empty for none
 * @param hasStrongDate whether the file had not changed for a second when it was sent, so that the
 *     date tells this version from all others (RFC 9110, section 8.8.2.2)
 */
record Validators(String etag, String lastModified, boolean hasStrongDate) {
  static final Validators NONE = new Validators("", "", false);

  private static final Pattern ETAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]*\"");
  private static final int LONGEST = 1_000;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  static Validators of(Headers headers) {
    String etag = only(headers, "ETag");
    String date = only(headers, "Last-Modified");
    Instant modified = date.isEmpty() ? null : HttpTime.of(headers, "Last-Modified");
    Instant sent = only(headers, "Date").isEmpty() ? null : HttpTime.of(headers, "Date");
    return new Validators(
        etag.length() <= LONGEST && ETAG.matcher(etag).matches() ? etag : "",
        modified == null ? "" : date,
        modified != null && isStrong(modified, sent));
  }

  /** Empty also for several values, which tell no version from another. */
  private static String only(Headers headers, String name) {
    List<String> values = headers.values(name);
    return values.size() == 1 ? values.get(0) : "";
  }

  private static boolean isStrong(Instant modified, @Nullable Instant sent) {
    return sent != null && !modified.plus(LONG_ENOUGH).isAfter(sent);
  }

  /** The value of {@code If-Range}; empty if the file cannot be resumed. */
  String ifRange() {
    if (!etag.isEmpty()) {
      // Not the date instead of a weak ETag (RFC 9110, section 13.1.5).
      return etag.startsWith("W/") ? "" : etag;
    }
    return hasStrongDate ? lastModified : "";
  }

  /** Whether there is an {@code ETag} that no other version of the file has. */
  boolean hasStrongEtag() {
    return !etag.isEmpty() && !etag.startsWith("W/");
  }

  /** Adds the condition that the file has changed; returns false if there is none. */
  boolean addCondition(Request.Builder request) {
    if (!etag.isEmpty()) {
      request.header("If-None-Match", etag);
    } else if (!lastModified.isEmpty()) {
      request.header("If-Modified-Since", lastModified);
    }
    return !etag.isEmpty() || !lastModified.isEmpty();
  }

  /**
   * Whether the rest of a file of this version has those validators. It has the ETag of the file,
   * and may be without its date (RFC 9110, section 15.3.7).
   */
  boolean fitRest(Validators rest) {
    return etag.isEmpty()
        ? rest.lastModified.isEmpty() || rest.lastModified.equals(lastModified)
        : rest.etag.equals(etag);
  }

  /** Whether a response that says 'not modified' is about another version (RFC 9111, 4.3.4). */
  boolean contradict(Validators unchanged) {
    if (!etag.isEmpty() && !unchanged.etag.isEmpty()) {
      return !opaque(etag).equals(opaque(unchanged.etag));
    }
    return !lastModified.isEmpty()
        && !unchanged.lastModified.isEmpty()
        && !lastModified.equals(unchanged.lastModified);
  }

  /** For the weak comparison (RFC 9110, section 8.8.3.2). */
  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  /** Whether a response without content says that it is of the same version. */
  boolean confirm(Validators response) {
    return ifRange().equals(response.etag)
        ? !response.etag.isEmpty()
        : etag.isEmpty() && !ifRange().isEmpty() && lastModified.equals(response.lastModified);
  }

  /** The fields of a record. */
  void put(Map<String, Object> fields) {
    fields.put("etag", etag);
    fields.put("lastModified", lastModified);
    fields.put("strongDate", hasStrongDate ? "true" : "");
  }

  static Validators from(Map<String, String> fields) {
    return new Validators(
        fields.getOrDefault("etag", ""),
        fields.getOrDefault("lastModified", ""),
        fields.containsKey("strongDate"));
  }
}
