package dev.sluice.fetch;

import dev.sluice.Retry;
import dev.sluice.disk.DiskException;
import dev.sluice.disk.FileName;
import dev.sluice.fetch.FileNamesOfRun.Claim;
import dev.sluice.http.StatusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One download of one run, from its first attempt to its outcome: which URL is next, and which name
 * the file has. Thread-safe: an attempt that was given up may still be ending.
 */
final class DownloadItem {
  private final Download download;
  private final List<URI> urls;
  private final @Nullable IOException[] failures;
  private int current;
  private int failed;
  private boolean isPlain;
  private @Nullable Claim claim;

  DownloadItem(Download download) {
    this.download = download;
    this.urls = download.urls();
    this.failures = new IOException[urls.size()];
  }

  Download download() {
    return download;
  }

  /** The URL of the next attempt, or of that under way. */
  synchronized URI url() {
    return urls.get(current);
  }

  synchronized @Nullable Claim claim() {
    return claim;
  }

  synchronized void claim(@Nullable Claim name) {
    claim = name;
  }

  /** The name of the file; null if it is not known yet. */
  synchronized @Nullable FileName name() {
    return claim == null ? null : claim.name();
  }

  /** Whether its attempts are without segments. */
  synchronized boolean isPlain() {
    return isPlain;
  }

  /** Whether the file of an earlier run is what is asked for, as far as that says. */
  boolean fits(FinishedFile found) {
    FileName known = name();
    return (known == null || found.name().equals(known.value())) && found.fits(download);
  }

  /**
   * Notes a failed attempt and chooses the URL of the next.
   *
   * @return the failure; null if no URL has the file
   */
  synchronized @Nullable AttemptFailure failed(IOException failure, Retry retry) {
    failures[current] = failure;
    failed++;
    int last = current;
    int next = next(retry);
    if (failure instanceof SegmentException segments && !isPlain) {
      // Whatever the policy says: without segments, the first attempt might have succeeded.
      isPlain = segments.concernsAll() || (next < 0 && segments.getCause() != null);
      next = isPlain || next < 0 ? last : next;
    }
    if (next >= 0) {
      current = next;
      return new AttemptFailure(failure, true, next == last);
    }
    for (IOException each : failures) {
      if (!StatusException.isNotFound(each)) {
        IOException worst = StatusException.isNotFound(failure) ? each : failure;
        return new AttemptFailure(worst, false, true);
      }
    }
    return null;
  }

  /** The next URL that is worth an attempt; negative if there is none. */
  private int next(Retry retry) {
    for (int i = 1; i <= urls.size(); i++) {
      int candidate = (current + i) % urls.size();
      IOException before = failures[candidate];
      if (before == null || (failed < retry.maxAttempts() && isWorthAnother(before, retry))) {
        return candidate;
      }
    }
    return -1;
  }

  private static boolean isWorthAnother(IOException failure, Retry retry) {
    boolean isOfDisk =
        failure instanceof DiskException && !(failure.getCause() instanceof NoSuchFileException);
    return !isOfDisk && retry.condition().test(failure);
  }

  /** The key, for messages. */
  @Override
  public String toString() {
    return download.toString();
  }
}
