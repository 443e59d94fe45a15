package dev.sluice.fetch;

import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Downloaded.Unchanged;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of a whole file: a line of {@link FinishedFiles}.
 *
 * @param name its name
 * @param url where it came from
 * @param validators of its version
 * @param bytes its length
 * @param modified its modification time
 * @param digest the hash of its content; null if none was computed
 */
record FinishedFile(
    String name,
    String url,
    Validators validators,
    long bytes,
    Instant modified,
    @Nullable Checksum digest) {
  private static final long VERSION = 1;

  /** The times of records. */
  private static final Duration TIME_STEP = Duration.ofMillis(1);

  /** Of a file system that keeps no parts of a second. */
  private static final Duration COARSE_STEP = Duration.ofSeconds(2);

  static FinishedFile of(
      FileName name,
      URI url,
      Validators validators,
      long bytes,
      Instant modified,
      @Nullable Checksum digest) {
    return new FinishedFile(name.value(), UrlKey.of(url), validators, bytes, modified, digest);
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("v", VERSION);
    fields.put("name", name);
    fields.put("url", url);
    validators.put(fields);
    fields.put("bytes", bytes);
    fields.put("modified", modified.toString());
    fields.put("digest", digest == null ? "" : digest);
    return FlatJson.write(fields);
  }

  static FinishedFile parse(String json) throws IOException {
    try {
      Map<String, String> fields = FlatJson.read(json);
      if (FlatJson.number(fields, "v") != VERSION) {
        throw new IOException("a record of another version");
      }
      String digest = fields.getOrDefault("digest", "");
      return new FinishedFile(
          fields.getOrDefault("name", ""),
          fields.getOrDefault("url", ""),
          Validators.from(fields),
          FlatJson.number(fields, "bytes"),
          Instant.parse(fields.getOrDefault("modified", "")),
          digest.isEmpty() ? null : Checksum.parse(digest));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("not a record: " + e.getMessage(), e);
    }
  }

  /** Whether the file is still there as it was written: same length, same time. */
  boolean isIn(Path folder) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(
              folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Instant time = found.lastModifiedTime().toInstant();
      Duration step = time.truncatedTo(ChronoUnit.SECONDS).equals(time) ? COARSE_STEP : TIME_STEP;
      boolean isSameTime = Duration.between(modified, time).abs().compareTo(step) < 0;
      return found.isRegularFile() && found.size() == bytes && isSameTime;
    } catch (IOException | InvalidPathException e) {
      // A name that this locale does not have is not there either.
      return false;
    }
  }

  /** Whether it is what a download asks for, as far as that says. */
  boolean fits(Download download) {
    boolean hasSize = download.size().orElse(bytes) == bytes;
    return hasSize && download.checksum().map(it -> it.equals(digest)).orElse(true);
  }

  /** The outcome of a download for which it is still right. */
  Arrival unchanged(Folder folder, URI url, int status) {
    SavedFile file = new SavedFile(folder.path().resolve(name), bytes);
    return new Arrival.OnDisk(new Unchanged(file, UrlKey.safe(url), status, digest));
  }
}
