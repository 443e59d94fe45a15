package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.security.MessageDigest;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a file in segments. The first response is read from where it begins through all
 * segments that no other response brings when it gets there. The others are requested from the end
 * of the file on: if there are permits for a few only, or none, both meet, and no byte comes twice.
 *
 * <p>The first response waits for segments only that a response brings. These have their permits,
 * so that it never waits for a permit while it has one.
 */
final class SegmentedTransfer {
  private final DownloadSetup setup;
  private final SegmentWork work;
  private final SegmentedFile file;
  private final Segments segments;
  private final StallClock clock;
  private volatile @Nullable IOException failure;
  private volatile @Nullable Throwable bug;

  /**
   * Prepares the attempt.
   *
   * @param work requests the segments
   * @param clock that of the first response
   */
  SegmentedTransfer(DownloadSetup setup, SegmentWork work, StallClock clock) {
    this.setup = setup;
    this.work = work;
    this.file = work.file();
    this.segments = file.segments();
    this.clock = clock;
  }

  /**
   * Reads all that is missing. Blocks.
   *
   * @param from the byte at which the first response begins
   * @param digest has seen the bytes before that; gets all others
   */
  void run(Response first, long from, @Nullable MessageDigest digest) throws IOException {
    file.begin();
    Segment own = segments.takeFirst(from);
    Disposable others = others();
    try {
      long read = own == null ? from : read(requireNonNull(first.body()), own, digest);
      first.close();
      awaitOthers(read, digest);
    } finally {
      others.dispose();
      file.end();
    }
  }

  private Disposable others() {
    Pipeline<Segment, Segment> pipeline = Pipeline.of(work.policy(), work);
    return Flowable.fromIterable(segments.free())
        .flatMapMaybe(
            segment ->
                pipeline.run(segment).toMaybe().takeUntil(segment.withdrawn().<Object>toMaybe()),
            false,
            Math.max(1, setup.segments().atMost() - 1))
        .subscribe(this::note, e -> bug = e);
  }

  private void note(Outcome<Segment, Segment> outcome) {
    if (outcome instanceof Failure<Segment, Segment> failed) {
      failure = failed.cause();
      if (SegmentException.concernsAll(failed.cause())) {
        segments.giveUpFree();
      }
    }
  }

  /** Returns the place behind the last byte read. */
  private long read(ResponseBody body, Segment begun, @Nullable MessageDigest digest)
      throws IOException {
    Segment segment = begun;
    while (true) {
      work.copy(body, segment, segment.from(), clock, digest);
      Segment next = segments.takeFirst(segment.to());
      if (next == null) {
        return segment.to();
      }
      next.withdrawn().onComplete();
      segment = next;
    }
  }

  private void awaitOthers(long read, @Nullable MessageDigest digest) throws IOException {
    long hashed = read;
    long prefix = segments.awaitPrefix(hashed);
    while (prefix > hashed) {
      if (digest != null) {
        file.hash(hashed, prefix, digest);
      }
      hashed = prefix;
      prefix = segments.awaitPrefix(hashed);
    }
    Throwable unexpected = bug;
    if (unexpected != null) {
      throw new IllegalStateException("a bug in a segment", unexpected);
    }
    if (segments.missing() > 0) {
      throw new SegmentException(
          UrlKey.of(work.url()) + ": " + segments.missing() + " segments are missing", failure);
    }
  }
}
