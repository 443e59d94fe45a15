package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One file to download: its URL, and what is known of it. The key of a {@link
 * Downloads#pipeline()}.
 *
 * <pre>{@code
 * Download.of(URI.create("https://example.org/data.tar.gz"))
 *     .withMirror(URI.create("https://mirror.example.net/data.tar.gz"))
 *     .withChecksum(Checksum.parse("sha-256=…"))
 * }</pre>
 *
 * <p>An immutable value.
 */
public final class Download {
  private final List<URI> urls;
  private final @Nullable String fileName;
  private final @Nullable Checksum checksum;

  /** Negative if it is not known. */
  private final long size;

  private Download(
      List<URI> urls, @Nullable String fileName, @Nullable Checksum checksum, long size) {
    this.urls = urls;
    this.fileName = fileName;
    this.checksum = checksum;
    this.size = size;
  }

  /**
   * {@return the download of this URL}
   *
   * @param url absolute, http or https, with a host and a port that a server can have; a fragment
   *     is ignored
   * @throws IllegalArgumentException if it is not such a URL; the message has it without its user
   */
  public static Download of(URI url) {
    return new Download(List.of(checked(requireNonNull(url, "url"))), null, null, -1);
  }

  /**
   * {@return a copy with another URL of the same file}
   *
   * <p>It is tried after those before it have failed or were not found, with an attempt of its own,
   * also if the policy has no retry.
   *
   * @param url absolute, http or https, with a host
   * @throws IllegalArgumentException if it is not such a URL
   */
  public Download withMirror(URI url) {
    List<URI> more = new ArrayList<>(urls);
    more.add(checked(requireNonNull(url, "url")));
    return new Download(List.copyOf(more), fileName, checksum, size);
  }

  /**
   * {@return a copy with this name for the file, whatever the naming is}
   *
   * @param fileName if it is not {@linkplain dev.sluice.disk.FileName safe}, the download fails
   *     without a request
   */
  public Download withFileName(String fileName) {
    return new Download(urls, requireNonNull(fileName, "fileName"), checksum, size);
  }

  /**
   * {@return a copy whose content must have this hash}
   *
   * @param checksum checked before the file gets its name
   */
  public Download withChecksum(Checksum checksum) {
    return new Download(urls, fileName, requireNonNull(checksum, "checksum"), size);
  }

  /**
   * {@return a copy whose content must have this length}
   *
   * @param bytes 0 or more
   */
  public Download withSize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes + ", must be 0 or more");
    }
    return new Download(urls, fileName, checksum, bytes);
  }

  private static URI checked(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (!isHttp || url.getHost() == null || HttpUrl.get(url) == null) {
      throw new IllegalArgumentException(
          "url: "
              + TerminalText.line(UrlKey.of(url))
              + ", must be an absolute http or https URL with a host");
    }
    return url;
  }

  /** {@return the URL} */
  public URI url() {
    return urls.get(0);
  }

  /** {@return the URL and its mirrors, in the order in which they are tried} */
  public List<URI> urls() {
    return urls;
  }

  /** {@return the name of the file, if it was given} */
  public Optional<String> fileName() {
    return Optional.ofNullable(fileName);
  }

  /** {@return the hash that the content must have, if it was given} */
  public Optional<Checksum> checksum() {
    return Optional.ofNullable(checksum);
  }

  /** {@return the length that the content must have in bytes, if it was given} */
  public OptionalLong size() {
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Download download
        && urls.equals(download.urls)
        && Objects.equals(fileName, download.fileName)
        && Objects.equals(checksum, download.checksum)
        && size == download.size;
  }

  @Override
  public int hashCode() {
    return Objects.hash(urls, fileName, checksum, size);
  }

  /** {@return the URL, without a user name, a password and a fragment} */
  @Override
  public String toString() {
    return UrlKey.of(url());
  }
}
