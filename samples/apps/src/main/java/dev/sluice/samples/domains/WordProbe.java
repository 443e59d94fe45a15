package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Tally;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import dev.sluice.samples.CtrlC;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.functions.Consumer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Probes words as names under a domain, all at once. */
final class WordProbe {
  private static final int LIMIT = 32;

  private final List<String> names;
  private Tally tally = Tally.ZERO;

  WordProbe(List<String> words, String tld) {
    names = words.stream().map(word -> word + "." + tld).toList();
  }

  /**
   * Reads a domain, such as {@code dev} or {@code .com.br.}, and removes the dots around it.
   *
   * @throws IllegalArgumentException if the text is not a domain; the message says what is allowed
   */
  static String tld(String text) {
    String bare = text.strip().replaceAll("^\\.+|\\.+$", "").toLowerCase(Locale.ROOT);
    try {
      // Parsed alone, because "x." with nothing behind it would be a name.
      DomainName.of(bare);
      DomainName.of("x." + bare);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a domain: allowed are such as dev and com.br", e);
    }
    return bare;
  }

  /** Probes all names, passes on each outcome as it comes, and returns the exit status. */
  int run(
      Resolver resolver, CtrlC ctrlC, PrintWriter out, Consumer<Outcome<String, Answer>> consumer) {
    Policy policy = Policy.limit(LIMIT).withAttemptTimeout(Policy.FOREVER);
    Domains.of(resolver, policy)
        .probeAll(Flowable.fromIterable(names))
        .takeUntil(ctrlC.pressed())
        .doOnNext(outcome -> tally = tally.plus(outcome))
        .doOnNext(consumer)
        // checkError() is true when the reader of a pipe has closed it.
        .takeWhile(outcome -> !out.checkError())
        .blockingSubscribe();
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : tally.failed() == 0 ? 0 : 1;
  }
}
