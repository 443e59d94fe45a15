package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says what another library's exception means for a {@linkplain Pipeline pipeline}: the thing does
 * not exist, or this attempt failed. Without a translation, an exception that is not an {@code
 * IOException}, nor an {@code UncheckedIOException} with one, is a bug and ends the run.
 *
 * <pre>{@code
 * public final class MongoTranslator implements ErrorTranslator {
 *   public Translation translate(Exception error) {
 *     return error instanceof MongoSocketException e
 *         ? Translation.failure(new IOException(e.getMessage(), e))
 *         : Translation.unknown();
 *   }
 * }
 * }</pre>
 *
 * <p>Translators are found with {@link java.util.ServiceLoader} in the class loader of this
 * library: name yours in {@code META-INF/services/dev.sluice.ErrorTranslator}. They are loaded at
 * the first error that needs one, and the first that knows the error decides.
 *
 * <p>A pipeline asks about every exception of a work, except an {@code IOException} that implements
 * {@link RetryHint} (it says everything already). An {@link Error} is never translated.
 *
 * <p>A translator is called on the thread where the work failed, by many threads at once, and must
 * not block. When it throws, what it throws is {@linkplain Throwable#addSuppressed suppressed} in
 * the error, which then counts as unknown.
 */
@FunctionalInterface
public interface ErrorTranslator {
  /**
   * {@return what this error means; {@link Translation#unknown()} for any other error}
   *
   * @param error what the work signalled or threw
   */
  Translation translate(Exception error);

  /** What an error means. */
  final class Translation {
    private static final Translation UNKNOWN = new Translation(null);
    private static final Translation NOT_FOUND = new Translation(null);

    private final @Nullable IOException cause;

    private Translation(@Nullable IOException cause) {
      this.cause = cause;
    }

    /** {@return the translator does not know this error; the next translator is asked} */
    public static Translation unknown() {
      return UNKNOWN;
    }

    /**
     * {@return the thing does not exist: the outcome is {@link Outcome.NotFound}, without retry}
     */
    public static Translation notFound() {
      return NOT_FOUND;
    }

    /**
     * {@return the attempt failed: it is retried as the policy says, and its last failure is the
     * outcome}
     *
     * @param cause why; its message says what was asked and what came
     */
    public static Translation failure(IOException cause) {
      return new Translation(requireNonNull(cause, "cause"));
    }

    boolean isUnknown() {
      return this == UNKNOWN;
    }

    /** Why the attempt failed; null for unknown and not found. */
    @Nullable IOException cause() {
      return cause;
    }

    @Override
    public String toString() {
      String word = isUnknown() ? "unknown" : "not found";
      return cause == null ? word : "failure: " + cause;
    }
  }
}
