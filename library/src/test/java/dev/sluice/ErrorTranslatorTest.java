package dev.sluice;

import static java.time.Duration.ZERO;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exceptions of another library, translated by the classes at the end of this file. */
class ErrorTranslatorTest {
  private final Policy policy =
      Policy.limit(2).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ZERO)));
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void aForeignExceptionIsAFailureAndIsRetried() {
    pipeline(new ForeignException(500))
        .run("x")
        .test()
        .awaitDone(10, SECONDS)
        .assertValue(
            outcome ->
                outcome instanceof Outcome.Failure<?, ?> failure
                    && failure.attempts() == 3
                    && "status 500".equals(failure.cause().getMessage()));
    assertEquals(3, attempts.get());
  }

  @Test
  void anIoExceptionInAnUncheckedOneIsAFailure() {
    IOException cause = new IOException("the body broke off");
    pipeline(new UncheckedIOException(cause))
        .run("x")
        .test()
        .awaitDone(10, SECONDS)
        .assertResult(Outcome.failure("x", cause, 3));
    pipeline(new UncheckedIOException(new ForeignIoException()))
        .run("x")
        .test()
        .assertResult(Outcome.notFound("x"));
  }

  @Test
  void aForeignExceptionCanMeanNotFound() {
    pipeline(new ForeignException(404)).run("x").test().assertResult(Outcome.notFound("x"));
    assertEquals(1, attempts.get());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void anExceptionThrownByTheWorkItselfIsTranslatedToo() {
    Pipeline.of(
            policy,
            key -> {
              throw new ForeignException(404);
            })
        .run("x")
        .test()
        .assertResult(Outcome.notFound("x"));
  }

  @Test
  void aForeignIoExceptionIsTranslatedUnlessItKnowsAboutRetries() {
    pipeline(new ForeignIoException()).run("x").test().assertResult(Outcome.notFound("x"));
    IOException known = new DeadlineException(DeadlineException.Clock.ATTEMPT, "x", "x", ZERO);
    Pipeline.of(Policy.limit(1), key -> Maybe.error(known))
        .run("x")
        .test()
        .assertResult(Outcome.failure("x", known, 1));
  }

  @Test
  void anUnknownExceptionEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("bug");
    pipeline(bug).runAll(Flowable.just("x", "y")).test().assertError(bug);
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void aTranslatorThatThrowsLeavesTheErrorAsItIs() {
    UnsupportedOperationException bug = new UnsupportedOperationException("bug");
    pipeline(bug).run("x").test().assertError(bug);
    assertEquals("translator", bug.getSuppressed()[0].getMessage());
  }

  @Test
  void anErrorIsNeverTranslated() {
    AssertionError bug = new AssertionError("bug");
    pipeline(bug).run("x").test().assertError(bug);
  }

  private Pipeline<String, Integer> pipeline(Throwable error) {
    return Pipeline.of(
        policy,
        key -> {
          attempts.incrementAndGet();
          return Maybe.error(error);
        });
  }

  /** An exception that this library does not know. */
  static final class ForeignException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;

    ForeignException(int status) {
      super("status " + status);
      this.status = status;
    }
  }

  /** Translates {@link ForeignException}. */
  public static final class Foreign implements ErrorTranslator {
    @Override
    public Translation translate(Exception error) {
      if (error instanceof ForeignException e) {
        return e.status == 404
            ? Translation.notFound()
            : Translation.failure(new IOException(e.getMessage(), e));
      }
      return error instanceof ForeignIoException ? Translation.notFound() : Translation.unknown();
    }
  }

  /** An IOException of another library. */
  static final class ForeignIoException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A translator with a bug of its own. */
  public static final class Throwing implements ErrorTranslator {
    @Override
    public Translation translate(Exception error) {
      if (error instanceof UnsupportedOperationException) {
        throw new IllegalStateException("translator");
      }
      return Translation.unknown();
    }
  }

  /** A translator that cannot be made. */
  public static final class Absent implements ErrorTranslator {
    /** Fails as a translator does whose library is not on the class path. */
    public Absent() {
      throw new NoClassDefFoundError("other/Library");
    }

    @Override
    public Translation translate(Exception error) {
      return Translation.notFound();
    }
  }
}
