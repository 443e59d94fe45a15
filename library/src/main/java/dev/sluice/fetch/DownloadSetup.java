package dev.sluice.fetch;

import dev.sluice.disk.Folder;
import dev.sluice.disk.PartialFiles;
import dev.sluice.http.HttpClient;
import java.time.Duration;

/**
 * What all downloads of one {@link Downloads} share.
 *
 * @param folder where the files go
 * @param partials those of the folder
 * @param finished those of the folder
 * @param client makes the requests
 * @param naming how files get their names
 * @param stallTimeout the longest time without a byte
 * @param largestFile in bytes
 * @param trusts whether a recorded file costs no request
 * @param numbers whether files of the same name get numbers
 * @param digests whether a hash is computed where none is expected
 * @param progress is told of the bytes that come
 */
record DownloadSetup(
    Folder folder,
    PartialFiles partials,
    FinishedFiles finished,
    HttpClient client,
    FileNaming naming,
    Duration stallTimeout,
    long largestFile,
    boolean trusts,
    boolean numbers,
    boolean digests,
    ByteProgress progress) {
  private static final String STANDARD_DIGEST = "sha-256";
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

  static DownloadSetup of(Folder folder, HttpClient client) {
    return new DownloadSetup(
        folder,
        PartialFiles.in(folder),
        new FinishedFiles(folder.path()),
        client,
        FileNaming.fromUrl(),
        STALL_TIMEOUT,
        Long.MAX_VALUE,
        false,
        false,
        false,
        ByteProgress.NONE);
  }

  /** The algorithm of the hash that is computed; empty for none. */
  String algorithm(Download download) {
    return download.checksum().map(Checksum::algorithm).orElse(digests ? STANDARD_DIGEST : "");
  }

  DownloadSetup withNaming(FileNaming other) {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        other,
        stallTimeout,
        largestFile,
        trusts,
        numbers,
        digests,
        progress);
  }

  DownloadSetup withStallTimeout(Duration timeout) {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        timeout,
        largestFile,
        trusts,
        numbers,
        digests,
        progress);
  }

  DownloadSetup withLargestFile(long bytes) {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        stallTimeout,
        bytes,
        trusts,
        numbers,
        digests,
        progress);
  }

  DownloadSetup withTrust() {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        stallTimeout,
        largestFile,
        true,
        numbers,
        digests,
        progress);
  }

  DownloadSetup withNumbering() {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        stallTimeout,
        largestFile,
        trusts,
        true,
        digests,
        progress);
  }

  DownloadSetup withDigests() {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        stallTimeout,
        largestFile,
        trusts,
        numbers,
        true,
        progress);
  }

  DownloadSetup withProgress(ByteProgress other) {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        naming,
        stallTimeout,
        largestFile,
        trusts,
        numbers,
        digests,
        other);
  }
}
