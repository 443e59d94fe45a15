package dev.sluice.fetch;

import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.disk.PartialFiles;
import dev.sluice.http.HttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
 * @param segments which files come in segments
 * @param reserved the names that no download gets
 * @param features what is on
 * @param progress is told of the bytes that come
 * @param buffers between network and disk
 */
record DownloadSetup(
    Folder folder,
    PartialFiles partials,
    FinishedFiles finished,
    HttpClient client,
    FileNaming naming,
    Duration stallTimeout,
    long largestFile,
    SegmentRule segments,
    Set<FileName> reserved,
    Set<Feature> features,
    ByteProgress progress,
    BodyBuffers buffers) {
  /** What is off unless it is asked for. */
  enum Feature {
    /** A recorded file costs no request. */
    TRUST,
    /** Files of the same name get numbers. */
    NUMBERING,
    /** A hash is computed where none is expected. */
    DIGESTS,
    /** The files of other URLs keep their names. */
    WITHOUT_REPLACING
  }

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
        SegmentRule.NONE,
        Set.of(),
        Set.of(),
        ByteProgress.NONE,
        new BodyBuffers(HandOver.bufferBytes(client.policy().limiter().limit())));
  }

  /** Whether it is known which files may have been left by earlier runs. */
  boolean isLoaded() {
    return finished.isLoaded() && partials.isListed();
  }

  /** Finds out which files may have been left by earlier runs, once. Blocks. */
  DownloadSetup load() throws IOException {
    finished.load();
    partials.list();
    return this;
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** The algorithm of the hash that is computed; empty for none. */
  String algorithm(Download download) {
    return download
        .checksum()
        .map(Checksum::algorithm)
        .orElse(has(Feature.DIGESTS) ? STANDARD_DIGEST : "");
  }

  DownloadSetup withNaming(FileNaming other) {
    return with(other, stallTimeout, largestFile, segments, reserved, features, progress);
  }

  DownloadSetup withStallTimeout(Duration timeout) {
    return with(naming, timeout, largestFile, segments, reserved, features, progress);
  }

  DownloadSetup withLargestFile(long bytes) {
    return with(naming, stallTimeout, bytes, segments, reserved, features, progress);
  }

  DownloadSetup withSegments(SegmentRule rule) {
    return with(naming, stallTimeout, largestFile, rule, reserved, features, progress);
  }

  DownloadSetup with(Feature feature) {
    Set<Feature> more = EnumSet.of(feature);
    more.addAll(features);
    return with(naming, stallTimeout, largestFile, segments, reserved, more, progress);
  }

  DownloadSetup withReserved(Path file) {
    Set<FileName> more = new HashSet<>(reserved);
    nameOf(file.toAbsolutePath().normalize()).ifPresent(more::add);
    nameOf(real(file)).ifPresent(more::add);
    return with(naming, stallTimeout, largestFile, segments, more, features, progress);
  }

  /** The name of a file of this folder; empty for one of another folder. */
  private Optional<FileName> nameOf(Path file) {
    Path parent = file.getParent();
    return parent != null && isSame(parent, folder.path())
        ? Optional.of(FileName.safe(String.valueOf(file.getFileName())))
        : Optional.empty();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // It is not there yet.
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      // A folder that is not there is only the same by its path.
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  DownloadSetup withProgress(ByteProgress other) {
    return with(naming, stallTimeout, largestFile, segments, reserved, features, other);
  }

  private DownloadSetup with(
      FileNaming otherNaming,
      Duration timeout,
      long bytes,
      SegmentRule rule,
      Set<FileName> names,
      Set<Feature> more,
      ByteProgress otherProgress) {
    return new DownloadSetup(
        folder,
        partials,
        finished,
        client,
        otherNaming,
        timeout,
        bytes,
        rule,
        names,
        more,
        otherProgress,
        buffers);
  }
}
