package dev.sluice.samples.fetch;

import dev.sluice.TerminalText;
import dev.sluice.disk.FileName;
import dev.sluice.fetch.Checksum;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.FileNaming;
import dev.sluice.samples.Urls;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes downloads of items, with the checksums of a file if there is one. */
final class ItemParser {
  private final @Nullable ChecksumFile checksums;

  private final boolean isNamedByUrl;

  /**
   * A parser for a run.
   *
   * @param checksums of the file that has them, if there is one
   * @param naming how files without a name in the list get one
   */
  ItemParser(@Nullable ChecksumFile checksums, FileNaming naming) {
    this.checksums = checksums;
    this.isNamedByUrl = naming.equals(FileNaming.fromUrl());
  }

  /**
   * The download of an item.
   *
   * @throws BadItemException if a URL or a checksum is none
   */
  Download download(ListedItem item) throws IOException {
    Download download = Download.of(url(item, item.urls().get(0)));
    for (String mirror : item.urls().subList(1, item.urls().size())) {
      download = download.withMirror(url(item, mirror));
    }
    if (item.fileName().isPresent()) {
      download = download.withFileName(item.fileName().get());
    }
    Optional<String> checksum = item.checksum();
    if (checksum.isEmpty() && checksums != null) {
      checksum = checksum(item, checksums);
    }
    return checksum.isEmpty() ? download : download.withChecksum(checksum(item, checksum.get()));
  }

  private static URI url(ListedItem item, String text) throws BadItemException {
    return Urls.parse(text)
        .filter(url -> url.getHost() != null)
        .orElseThrow(() -> new BadItemException(where(item) + refusal(text)));
  }

  /** What is said of a text that is no URL. */
  static String refusal(String text) {
    return TerminalText.quoted(Urls.withoutSecrets(text))
        + " is no URL: "
        + Urls.mistake(text).orElse("allowed are http(s) URLs without user");
  }

  /** By the name on the server, or else by that of the saved file, if it is known here. */
  private Optional<String> checksum(ListedItem item, ChecksumFile all) throws BadItemException {
    String name = item.fileName().orElseGet(() -> lastSegment(item));
    Optional<String> checksum = all.of(name);
    boolean isSavedNameKnown = isNamedByUrl || item.fileName().isPresent();
    return checksum.isEmpty() && isSavedNameKnown ? all.of(savedName(name)) : checksum;
  }

  /** As {@link FileNaming#fromUrl} makes it. */
  private static String savedName(String lastSegment) {
    return FileName.safe(lastSegment.isBlank() ? "index" : lastSegment).value();
  }

  private static Checksum checksum(ListedItem item, String text) throws BadItemException {
    try {
      return Checksum.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadItemException(
          where(item)
              + TerminalText.quoted(text)
              + " is no checksum: allowed are md5, sha-1, sha-256, sha-384 and sha-512, such as"
              + " sha-256=HEX");
    }
  }

  private static String where(ListedItem item) {
    return item.line() == 0 ? "" : "line " + item.line() + ": ";
  }

  /** The name that sha256sum has written, if it was run where the server's files are. */
  private static String lastSegment(ListedItem item) {
    return Urls.parse(item.urls().get(0))
        .map(URI::getPath)
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .orElse("");
  }
}
