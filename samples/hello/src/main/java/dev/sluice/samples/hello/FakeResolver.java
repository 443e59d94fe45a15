package dev.sluice.samples.hello;

import dev.sluice.Outcome.NotFound;
import dev.sluice.Policy;
import dev.sluice.dns.Answer;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.List;

/** Tests code of your own without a network: the fake resolver is a lambda. */
public final class FakeResolver {
  /** The code under test. */
  static Flowable<String> freeNames(Domains domains, String... names) {
    return domains
        .probeAll(Flowable.fromArray(names))
        .filter(outcome -> outcome instanceof NotFound)
        .map(outcome -> outcome.key());
  }

  public static void main(String... args) {
    Resolver fake =
        name ->
            switch (name.value()) {
              case "taken.dev" -> Maybe.just(Answer.of(List.of()));
              case "free.dev" -> Maybe.empty();
              default -> Maybe.error(new IOException("no answer"));
            };
    Domains domains = Domains.of(fake, Policy.limit(2));
    freeNames(domains, "taken.dev", "free.dev", "lost.dev").test().assertResult("free.dev");
  }
}
