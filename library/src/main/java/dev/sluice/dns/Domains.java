package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;

/**
 * Which names exist.
 *
 * <pre>{@code
 * Domains.standard()
 *     .probeAll(Flowable.just("await.dev", "for.dev", "while.dev"))
 *     .blockingForEach(System.out::println);
 * }</pre>
 *
 * <p>A name that exists is a success, with or without addresses; one that does not is <i>not
 * found</i>; and when nobody could say, that is a failure and never <i>not found</i>.
 *
 * <p>Nothing here needs closing; a resolver that does is closed by who made it.
 */
public final class Domains {
  private static final int LIMIT = 32;

  private final Pipeline<DomainName, Answer> answers;
  private final Pipeline<String, Answer> typed;

  private Domains(Resolver resolver, Policy policy) {
    answers = Pipeline.of(policy, requireNonNull(resolver, "resolver")::resolve);
    typed = answers.parsing(DomainName::parse);
  }

  /**
   * {@return probes through the {@linkplain SystemResolver operating system}: 32 at once, no clock
   * but the system's own, no retry}
   */
  public static Domains standard() {
    return of(SystemResolver.standard(), Policy.limit(LIMIT).withAttemptTimeout(Policy.FOREVER));
  }

  /**
   * {@return probes through this resolver}
   *
   * @param resolver who is asked
   * @param policy how many at once, how long each may take, what happens after a failure; {@link
   *     Policy#FOREVER} as the attempt timeout where the resolver has clocks of its own
   */
  public static Domains of(Resolver resolver, Policy policy) {
    return new Domains(resolver, policy);
  }

  /**
   * {@return what became of one name, cold: nobody is asked before somebody subscribes}
   *
   * <p><b>Scheduler:</b> the outcome comes on the thread where the resolver answered, or on the
   * timer when a clock ran out. <b>Failure:</b> a value; only a bug goes to {@code onError}.
   * <b>Cancellation:</b> disposes the question under way and gives its permit back.
   *
   * @param name which
   */
  public Single<Outcome<DomainName, Answer>> probe(DomainName name) {
    return answers.run(name);
  }

  /**
   * {@return what became of many names, as they come; each outcome has the text as it was given}
   *
   * <p>A text that is no name is a failure with a {@link BadNameException} and no attempt.
   * <b>Backpressure:</b> honoured; no more texts are pulled than the policy's window has room for.
   * <b>Scheduler, failure, cancellation:</b> as for {@link #probe}; an error of the source goes to
   * {@code onError} and disposes the rest.
   *
   * @param names which, in any number; the same one twice is asked for twice
   */
  public Flowable<Outcome<String, Answer>> probeAll(Flowable<String> names) {
    return typed.runAll(requireNonNull(names, "names"));
  }

  /**
   * {@return what became of many names, in the order of the names}
   *
   * <p><b>Backpressure:</b> honoured; no more texts are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #probeAll}.
   *
   * @param names which, in any number; the same one twice is asked for twice
   */
  public Flowable<Outcome<String, Answer>> probeInOrder(Flowable<String> names) {
    return typed.runInOrder(requireNonNull(names, "names"));
  }
}
