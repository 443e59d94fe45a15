package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Work;
import dev.sluice.http.CallException;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Attempts at the segments of one file, each with a permit and a request of its own.
 *
 * @param setup has the client
 * @param url of the file
 * @param file takes the bytes
 */
record SegmentWork(DownloadSetup setup, URI url, SegmentedFile file)
    implements Work<Segment, Segment> {
  /** The policy of the client for segments. Their file has the clock of the item. */
  Policy policy() {
    Policy policy = setup.client().policy();
    Retry retry = policy.retry();
    return policy
        .withoutHedge()
        .withAttemptTimeout(Policy.FOREVER)
        .withItemTimeout(Policy.FOREVER)
        .withRetry(
            retry.withCondition(
                e -> !SegmentException.concernsAll(e) && retry.condition().test(e)));
  }

  @Override
  public String target(Segment segment) {
    return UrlKey.of(url);
  }

  @Override
  public Object lane(Segment segment) {
    return HttpClient.lane(url);
  }

  @Override
  public Maybe<Segment> attempt(Segment segment) {
    return attempt(segment, setup.client().policy().schedulers());
  }

  @Override
  public Maybe<Segment> attempt(Segment segment, IoSchedulers schedulers) {
    Segments segments = file.segments();
    return Maybe.defer(
        () -> {
          StallClock clock =
              new StallClock(
                  schedulers.timer(),
                  setup.client().policy().attemptTimeout(),
                  setup.stallTimeout());
          Attempt attempt = new Attempt(segment, clock);
          Maybe<Segment> call = setup.client().call(attempt::request, attempt::read).toMaybe();
          segments.asked(segment);
          return clock
              .bound(call, segment, target(segment))
              .doFinally(() -> segments.ended(segment));
        });
  }

  /**
   * Has a response bring a segment to its end, and leaves the segment.
   *
   * @param from the place of the first byte of the body
   * @param clock that of the response
   * @param digest gets the same bytes
   */
  void copy(
      ResponseBody body,
      Segment segment,
      long from,
      StallClock clock,
      @Nullable MessageDigest digest)
      throws IOException {
    try {
      clock.awaitBody();
      HandOver out = new HandOver(file.disk(), file.output(segment, from), clock, setup.buffers());
      long wanted = segment.to() - from;
      long copied = new BodyCopy(out, clock, setup.progress()).copy(body, digest, wanted, wanted);
      if (copied < wanted) {
        throw new CallException(
            "GET", url.toString(), copied + " of " + wanted + " bytes of a segment", null);
      }
    } finally {
      file.leave(segment);
    }
  }

  /** One request for what is missing of a segment. */
  private final class Attempt {
    private final Segment segment;
    private final StallClock clock;
    private final long from;

    Attempt(Segment segment, StallClock clock) {
      this.segment = segment;
      this.clock = clock;
      this.from = file.segments().next(segment);
    }

    Request request() {
      clock.awaitHead();
      return PlainRequest.of(url)
          .header("Range", "bytes=" + from + "-" + (segment.to() - 1))
          .header("If-Range", file.record().validators().ifRange())
          .build();
    }

    /** Only the right bytes of the right version touch the file. */
    Segment read(Response response) throws IOException {
      clock.cutOffBy(response::close);
      Head head = Head.of(response);
      if (!head.isPart(file.record(), from, segment.to())) {
        throw new RefusedSegmentException(
            UrlKey.of(url) + ": not " + segment + " of that version, but a " + head.status());
      }
      ResponseBody body = requireNonNull(response.body());
      if (file.segments().take(segment)) {
        copy(body, segment, from, clock, null);
      }
      return segment;
    }
  }
}
