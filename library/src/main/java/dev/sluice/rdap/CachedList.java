package dev.sluice.rdap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import okhttp3.CacheControl;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The list of registries in a file, with what the next request for it needs (RFC 9111).
 *
 * @param source the URL of the list
 * @param fetched when the server last said that this is the list
 * @param expires from when on the server is asked again
 * @param etag for {@code If-None-Match}; null for none
 * @param lastModified for {@code If-Modified-Since}; null for none
 * @param list the JSON
 */
record CachedList(
    String source,
    Instant fetched,
    Instant expires,
    @Nullable String etag,
    @Nullable String lastModified,
    JsonNode list) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration USUAL_AGE = Duration.ofHours(24);

  /** Registries move seldom, but a server must not be able to freeze the list for years. */
  private static final Duration LONGEST_AGE = Duration.ofDays(7);

  /** What every file begins with. */
  private static final byte[] START = "{\"source\":".getBytes(US_ASCII);

  /** Before RFC 7484 there were no lists: the clock that an earlier date is of was wrong. */
  private static final Instant FIRST_LIST = Instant.parse("2015-03-01T00:00:00Z");

  /** What a server has sent. */
  static CachedList of(String source, RdapAnswer answer, Instant now) {
    Headers headers = answer.headers();
    return new CachedList(
        source,
        now,
        now.plus(age(headers, now)),
        headers.get("ETag"),
        headers.get("Last-Modified"),
        answer.json());
  }

  /** The same list after a 304. */
  CachedList renewed(Headers headers, Instant now) {
    return new CachedList(
        source,
        now,
        now.plus(age(headers, now)),
        newer(headers.get("ETag"), etag),
        newer(headers.get("Last-Modified"), lastModified),
        list);
  }

  private static @Nullable String newer(@Nullable String sent, @Nullable String known) {
    return sent == null ? known : sent;
  }

  private static Duration age(Headers headers, Instant now) {
    CacheControl control = CacheControl.parse(headers);
    if (control.noCache() || control.noStore()) {
      return Duration.ZERO;
    }
    if (control.maxAgeSeconds() >= 0) {
      return bounded(Duration.ofSeconds(control.maxAgeSeconds()));
    }
    Date expires = headers.getDate("Expires");
    Date date = headers.getDate("Date");
    return expires == null
        ? USUAL_AGE
        : bounded(Duration.between(date == null ? now : date.toInstant(), expires.toInstant()));
  }

  private static Duration bounded(Duration age) {
    if (age.isNegative()) {
      return Duration.ZERO;
    }
    return age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE;
  }

  boolean isFresh(Instant now) {
    return isRecent(now) && now.isBefore(expires);
  }

  /** Whether the list may still say which server is a registry's; false for one of the future. */
  boolean isRecent(Instant now) {
    return !now.isBefore(fetched) && now.isBefore(fetched.plus(LONGEST_AGE));
  }

  void conditions(Request.Builder request) {
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    if (lastModified != null) {
      request.header("If-Modified-Since", lastModified);
    }
  }

  /**
   * Whether a file may be written: it is new, or empty, or begins as {@link #write} does. A file
   * that a damaged disk has cut off begins so as well.
   */
  static boolean mayReplace(Path file) throws IOException {
    if (!Files.exists(file)) {
      return true;
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(START.length);
      return start.length == 0 || Arrays.equals(start, START);
    }
  }

  /** The list in a file; empty if the file is absent, of another list, or damaged. */
  static Optional<CachedList> read(Path file, String source) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      CachedList read =
          new CachedList(
              json.path("source").asText(),
              Instant.parse(json.path("fetched").asText()),
              Instant.parse(json.path("expires").asText()),
              json.path("etag").textValue(),
              json.path("lastModified").textValue(),
              json.path("list"));
      boolean isUsable =
          read.source.equals(source)
              && !read.fetched.isBefore(FIRST_LIST)
              && !RdapServers.of(read.list).byDomain().isEmpty();
      return isUsable ? Optional.of(read) : Optional.empty();
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Replaces the file as a whole. */
  void write(Path file) throws IOException {
    if (!mayReplace(file)) {
      throw new IOException(file + ": keeps no list of registries, and is not replaced");
    }
    ObjectNode json = MAPPER.createObjectNode();
    json.put("source", source);
    json.put("fetched", fetched.toString());
    json.put("expires", expires.toString());
    json.put("etag", etag);
    json.put("lastModified", lastModified);
    json.set("list", list);
    Path absolute = file.toAbsolutePath();
    Folder folder = Folder.at(requireNonNull(absolute.getParent(), "folder"));
    FileName name = FileName.of(requireNonNull(absolute.getFileName(), "name").toString());
    Path unused = folder.write(name, MAPPER.writeValueAsBytes(json));
  }
}
