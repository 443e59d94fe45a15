package dev.sluice.dns;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import io.reactivex.rxjava3.core.Single;

/** Names as somebody typed them: what is no name is that item's failure, and nobody is asked. */
final class Typed {
  private Typed() {}

  static <V> Single<Outcome<String, V>> run(Pipeline<DomainName, V> pipeline, String text) {
    try {
      return pipeline.run(DomainName.of(text)).map(outcome -> rekeyed(text, outcome));
    } catch (IllegalArgumentException e) {
      return Single.just(Outcome.failure(text, new BadNameException(e), 0));
    }
  }

  private static <V> Outcome<String, V> rekeyed(String text, Outcome<DomainName, V> outcome) {
    return outcome.fold(
        success -> Outcome.success(text, success.value()),
        absent -> Outcome.notFound(text),
        failure -> Outcome.failure(text, failure.cause(), failure.attempts()));
  }
}
