package dev.sluice.samples.exercises.checks;

import dev.sluice.dns.Answer;
import dev.sluice.dns.Resolver;
import dev.sluice.samples.exercises.E39Probe;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.List;

/** Checks {@link E39Probe}. */
public final class E39ProbeCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    domains.probeAll gives an outcome for each name, also for one that is no domain name.
    fold has one function for each of the three: an error is not the answer "no such
    name".\
    """;
  }

  @Override
  public void run() {
    Resolver resolver =
        name ->
            switch (name.value()) {
              case "taken.dev" -> Maybe.just(Answer.of(List.of()));
              case "free.dev" -> Maybe.empty();
              default -> Maybe.error(new IOException("no answer"));
            };
    Flowable<String> names = Flowable.just("taken.dev", "free.dev", "lost.dev", "no name");
    Expect.equal(
        List.of("taken.dev taken", "free.dev free", "lost.dev unknown", "no name unknown"),
        E39Probe.report(resolver, names).toList().blockingGet(),
        "the report");
  }
}
