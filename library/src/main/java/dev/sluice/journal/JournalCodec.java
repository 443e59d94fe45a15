package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.OutcomeCodec;
import dev.sluice.TerminalText;
import dev.sluice.Timings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;

/**
 * Makes the lines of a journal: the text of a key and back, and what of a value is noted.
 *
 * <pre>{@code
 * JournalCodec<CountryCode, SavedFile> codec =
 *     JournalCodec.<CountryCode, SavedFile>of(CountryCode::value, CountryCode::parse)
 *         .withValues(saved -> ValueNotes.NONE.withFile(saved.path(), saved.bytes()));
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <K> the type of a key
 * @param <V> the type of a value
 */
public final class JournalCodec<K, V> implements OutcomeCodec<K, V, JournalEntry> {
  private final Function<? super K, String> text;
  private final KeyParser<? extends K> parser;
  private final Function<? super V, ValueNotes> values;
  private final Function<? super IOException, ValueNotes> failures;

  private JournalCodec(
      Function<? super K, String> text,
      KeyParser<? extends K> parser,
      Function<? super V, ValueNotes> values,
      Function<? super IOException, ValueNotes> failures) {
    this.text = requireNonNull(text, "text");
    this.parser = requireNonNull(parser, "parser");
    this.values = requireNonNull(values, "values");
    this.failures = requireNonNull(failures, "failures");
  }

  /**
   * {@return a codec that notes nothing of the values}
   *
   * @param text the text of a key: equal for equal keys, and different for others
   * @param parser makes the key of that text
   * @param <K> the type of a key
   * @param <V> the type of a value
   */
  public static <K, V> JournalCodec<K, V> of(
      Function<? super K, String> text, KeyParser<? extends K> parser) {
    return new JournalCodec<>(text, parser, value -> ValueNotes.NONE, failure -> ValueNotes.NONE);
  }

  /**
   * {@return a codec for keys that are text}
   *
   * @param <V> the type of a value
   */
  public static <V> JournalCodec<String, V> ofText() {
    return of(key -> key, text -> text);
  }

  /**
   * {@return a codec for keys that are whole numbers}
   *
   * @param <V> the type of a value
   */
  public static <V> JournalCodec<Integer, V> ofInteger() {
    return of(key -> key.toString(), JournalCodec::parseInteger);
  }

  private static Integer parseInteger(String text) throws JournalException {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new JournalException(
          "the key " + TerminalText.quoted(text) + " of the journal is not a whole number", e);
    }
  }

  /**
   * {@return a codec for keys that are URLs}
   *
   * @param <V> the type of a value
   */
  public static <V> JournalCodec<URI, V> ofUrl() {
    return of(URI::toString, JournalCodec::parseUrl);
  }

  private static URI parseUrl(String text) throws JournalException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new JournalException(
          "the key " + TerminalText.quoted(text) + " of the journal is not a URL", e);
    }
  }

  /**
   * {@return a copy that notes this of a value}
   *
   * @param values what is noted
   * @param <W> the type of a value
   */
  public <W> JournalCodec<K, W> withValues(Function<? super W, ValueNotes> values) {
    return new JournalCodec<>(text, parser, values, failures);
  }

  /**
   * {@return a copy that notes this of the cause of a failure}
   *
   * @param failures what is noted
   */
  public JournalCodec<K, V> withFailures(Function<? super IOException, ValueNotes> failures) {
    return new JournalCodec<>(text, parser, values, failures);
  }

  /**
   * {@return the text of a key}
   *
   * @param key any key
   */
  public String text(K key) {
    return requireNonNull(text.apply(key), "the text of a key");
  }

  /**
   * {@return the key of a text}
   *
   * @param text what {@link #text} made
   * @throws IOException if it is not the text of a key
   */
  public K key(String text) throws IOException {
    return requireNonNull(parser.parse(text), "key");
  }

  @Override
  public JournalEntry entry(Outcome<? extends K, ? extends V> outcome, Timings timings) {
    ValueNotes notes = requireNonNull(notes(outcome), "the notes of a value");
    Object lane = timings.lane();
    return new JournalEntry(
        text(outcome.key()),
        verdict(outcome, notes),
        timings.attempts(),
        timings.status(),
        notes.rcode(),
        bytes(notes, timings),
        notes.digest(),
        notes.file(),
        lane == null ? null : lane.toString(),
        timings.permits(),
        timings.start(),
        timings.took(),
        phases(timings),
        outcome instanceof Failure<?, ?> failure
            ? JournalError.of(failure.cause())
            : notes.error());
  }

  @Override
  public JournalEntry late(K key, Throwable error) {
    return JournalEntry.ofError(text(key), JournalVerdict.LATE_ERROR, error);
  }

  private ValueNotes notes(Outcome<? extends K, ? extends V> outcome) {
    if (outcome instanceof Success<? extends K, ? extends V> success) {
      return values.apply(success.value());
    }
    return outcome instanceof Failure<?, ?> failure
        ? failures.apply(failure.cause())
        : ValueNotes.NONE;
  }

  private static JournalVerdict verdict(Outcome<?, ?> outcome, ValueNotes notes) {
    if (notes.error() != null) {
      return JournalVerdict.FAILURE;
    }
    if (outcome instanceof Success) {
      return notes.isUnchanged() ? JournalVerdict.UNCHANGED : JournalVerdict.SUCCESS;
    }
    return outcome instanceof Failure ? JournalVerdict.FAILURE : JournalVerdict.NOT_FOUND;
  }

  private static long bytes(ValueNotes notes, Timings timings) {
    return notes.bytes() >= 0 || timings.status() == 0 ? notes.bytes() : timings.receivedBytes();
  }

  private static PhaseTimes phases(Timings timings) {
    PhaseMicros times = new PhaseMicros();
    timings.forEachPhase(times::set);
    return new PhaseTimes(times);
  }

  /**
   * Makes a key of its text.
   *
   * @param <K> the type of a key
   */
  @FunctionalInterface
  public interface KeyParser<K> {
    /**
     * {@return the key}
     *
     * @param text from a journal
     * @throws IOException if it is not the text of a key
     */
    K parse(String text) throws IOException;
  }
}
