package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.dns.DomainName;
import dev.sluice.domains.Evidence.Source;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.ValueNotes;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether domain names are registered, reserved or likely free, and collects the
 * evidence.
 *
 * <pre>{@code
 * Examiner examiner = Examiner.of(List.of(resolver, parents, registries));
 * examiner.examineAll(Flowable.just("await.dev", "for.dev")).blockingForEach(System.out::println);
 * }</pre>
 *
 * <p>The sources are asked in their order, so the cheap ones go first. A verdict ends the
 * questions, but {@link Verdict#LIKELY_FREE} and {@link Verdict#UNKNOWN} come only after all
 * sources. {@code www.example.co.uk} is examined as {@code example.co.uk}, the name that is
 * registered.
 *
 * <p>Immutable, and safe for use by many threads. Needs no closing, but its sources may.
 */
public final class Examiner {
  /**
   * Names under way. Most of them wait for the rates of registries, and those of one registry must
   * not hold up the others.
   */
  private static final int LIMIT = 10_000;

  private final List<EvidenceSource> sources;
  private final PublicSuffixes suffixes;
  private final Policy policy;
  private final boolean thorough;
  private final Pipeline<String, Examined> examinations;

  private Examiner(
      List<EvidenceSource> sources, PublicSuffixes suffixes, Policy policy, boolean thorough) {
    this.sources = List.copyOf(sources);
    this.suffixes = requireNonNull(suffixes, "suffixes");
    this.policy = requireNonNull(policy, "policy");
    this.thorough = thorough;
    Pipeline<Registrable, Examined> work = Pipeline.of(policy, this::examined);
    examinations = work.parsing(text -> Registrable.parse(text, suffixes));
  }

  /**
   * {@return an examiner with these sources, the bundled {@link PublicSuffixes}, and 10,000 names
   * under way at most}
   *
   * @param sources in the order of asking, each with limits and timeouts of its own
   */
  public static Examiner of(List<? extends EvidenceSource> sources) {
    Policy policy = Policy.limit(LIMIT).withAttemptTimeout(Policy.FOREVER);
    return new Examiner(List.copyOf(sources), PublicSuffixes.bundled(), policy, false);
  }

  /**
   * {@return a copy with these public suffixes}
   *
   * @param suffixes say which part of a name is registered
   */
  public Examiner withSuffixes(PublicSuffixes suffixes) {
    return new Examiner(sources, suffixes, policy, thorough);
  }

  /**
   * {@return a copy with this policy}
   *
   * @param policy how many names may be under way; an attempt is all questions about one name
   */
  public Examiner withPolicy(Policy policy) {
    return new Examiner(sources, suffixes, policy, thorough);
  }

  /** {@return a copy that asks every source about every name, also after a verdict} */
  public Examiner thorough() {
    return new Examiner(sources, suffixes, policy, true);
  }

  /**
   * {@return the verdict on one name, cold}
   *
   * <p><b>Scheduler:</b> the verdict comes on the thread where the last source answered.
   * <b>Failure:</b> {@code onError} gets a {@link dev.sluice.dns.BadNameException} for a text that
   * is no name and an {@link UnregistrableNameException} for a public suffix and the like; a name
   * that no source can judge is {@link Verdict#UNKNOWN}. <b>Cancellation:</b> ends the questions.
   *
   * @param name in any case and any script, with or without labels before the registered name
   */
  public Single<Examined> examine(String name) {
    return examinations.run(name).map(Outcome::orElseThrow);
  }

  /**
   * {@return the examinations as a pipeline: one name, many names, in order or as they complete}
   *
   * <p>The key of an outcome is the text as it was given. Every name has a verdict, which is {@link
   * Verdict#UNKNOWN} if the sources do not answer. Only a text that cannot be registered, such as
   * {@code co.uk}, is a failure.
   */
  public Pipeline<String, Examined> examinations() {
    return examinations;
  }

  /**
   * {@return the outcomes of many names as they complete; the key is the text as it was given}
   *
   * <p>Short for {@code examinations().runAll(names)}. <b>Backpressure:</b> honoured; no more texts
   * are pulled than the policy's window has room for. <b>Scheduler:</b> an outcome comes on the
   * thread where the last source answered. <b>Failure:</b> a value, of a text that cannot be
   * registered; only a bug, or an error of the source, goes to {@code onError}.
   * <b>Cancellation:</b> ends the questions under way.
   *
   * @param names any number of names; a name given twice is examined twice
   */
  public Flowable<Outcome<String, Examined>> examineAll(Flowable<String> names) {
    return examinations.runAll(requireNonNull(names, "names"));
  }

  /**
   * {@return what a journal notes: the text, and the verdict in the place of what a server said}
   *
   * <p>An unknown name is noted as a failure that may succeed later, so that a run that resumes
   * examines it again.
   */
  public static JournalCodec<String, Examined> journalCodec() {
    return JournalCodec.<Examined>ofText().withValues(Examiner::notes);
  }

  private static ValueNotes notes(Examined examined) {
    ValueNotes notes = ValueNotes.NONE.withRcode(examined.verdict().name());
    return examined.verdict() == Verdict.UNKNOWN
        ? notes.asFailure(new IOException(examined.domain() + ": " + examined.reason()))
        : notes;
  }

  private Maybe<Examined> examined(Registrable name) {
    return ask(name, 0, List.of()).toMaybe();
  }

  private Single<Examined> ask(Registrable name, int next, List<Evidence> known) {
    Verdict verdict = Verdict.of(known);
    boolean isFinal = !thorough && verdict != Verdict.UNKNOWN && verdict != Verdict.LIKELY_FREE;
    if (isFinal || next == sources.size()) {
      return Single.just(new Examined(name.text(), name.domain(), verdict, known));
    }
    return sources
        .get(next)
        .ask(name.domain())
        .onErrorResumeNext(e -> noAnswer(name.domain(), e))
        .toList()
        .map(said -> plus(known, said))
        .flatMap(all -> ask(name, next + 1, all));
  }

  private static Flowable<Evidence> noAnswer(DomainName domain, Throwable e) {
    return e instanceof IOException
        ? Flowable.just(
            Evidence.now(
                Source.OTHER,
                "a source",
                domain.value(),
                Finding.NO_ANSWER,
                String.valueOf(e.getMessage())))
        : Flowable.error(e);
  }

  private static List<Evidence> plus(List<Evidence> known, List<Evidence> said) {
    List<Evidence> all = new ArrayList<>(known);
    all.addAll(said);
    return all;
  }
}
