package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.journal.JournalCodec;
import io.reactivex.rxjava3.core.Flowable;

/**
 * Domain probes: which names exist.
 *
 * <pre>{@code
 * Domains.standard()
 *     .probeAll(Flowable.just("await.dev", "for.dev", "while.dev"))
 *     .blockingForEach(System.out::println);
 * }</pre>
 *
 * <p>A name that exists is a success, with or without addresses. A name that does not exist is
 * <i>not found</i>. If no answer says which, the outcome is a failure, never <i>not found</i>.
 *
 * <p>Instances are immutable and safe for use by several threads. They need no closing, but a
 * {@link UdpResolver} does.
 */
public final class Domains {
  private static final int LIMIT = 32;

  private final Pipeline<DomainName, Answer> probes;
  private final Pipeline<String, Answer> probesOfText;

  private Domains(Resolver resolver, Policy policy) {
    probes = Pipeline.of(policy, requireNonNull(resolver, "resolver")::resolve);
    probesOfText = probes.parsing(DomainName::parse);
  }

  /**
   * {@return probes through the {@linkplain SystemResolver operating system}: 32 at once, no retry,
   * no timeout but the operating system's own}
   */
  public static Domains standard() {
    return of(SystemResolver.standard(), Policy.limit(LIMIT).withAttemptTimeout(Policy.FOREVER));
  }

  /**
   * {@return probes through this resolver}
   *
   * @param resolver answers for the names
   * @param policy how many probes at once, their timeouts and retries; with {@link Policy#FOREVER}
   *     as the attempt timeout if the resolver has timeouts of its own
   */
  public static Domains of(Resolver resolver, Policy policy) {
    return new Domains(resolver, policy);
  }

  /** {@return the probes as a pipeline: one name, many names, in order or as they complete} */
  public Pipeline<DomainName, Answer> probes() {
    return probes;
  }

  /**
   * {@return the probes as a pipeline for names as people type them}
   *
   * <p>The key of an outcome is the text as it was given. A text that is no name is a failure with
   * a {@link BadNameException} and no attempt.
   */
  public Pipeline<String, Answer> probesOfText() {
    return probesOfText;
  }

  /**
   * {@return what a journal notes of {@link #probesOfText()}: the text, and what the server said}
   *
   * <pre>{@code
   * domains.probesOfText().journalled(journal, Domains.journalCodec()).runAll(names)
   * }</pre>
   */
  public static JournalCodec<String, Answer> journalCodec() {
    return RcodeNotes.codec(answer -> RecordAnswer.Code.NOERROR.name());
  }

  /**
   * {@return the outcomes of many names as they complete; the key is the text as it was given}
   *
   * <p>Short for {@code probesOfText().runAll(names)}. <b>Backpressure:</b> honoured; no more texts
   * are pulled than the policy's window has room for. <b>Scheduler:</b> an outcome comes on the
   * thread on which the resolver answered, or on the timer when a timeout passed. <b>Failure:</b> a
   * value; only a bug, or an error of the source, goes to {@code onError}. <b>Cancellation:</b>
   * disposes the lookups under way and gives their permits back.
   *
   * @param names any number of names; a name given twice is asked for twice
   */
  public Flowable<Outcome<String, Answer>> probeAll(Flowable<String> names) {
    return probesOfText.runAll(requireNonNull(names, "names"));
  }
}
