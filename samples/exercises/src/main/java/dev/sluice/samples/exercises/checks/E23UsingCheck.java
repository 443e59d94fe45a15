package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E23Using;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Checks {@link E23Using}. */
public final class E23UsingCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Single.using(open, use, close) is "async with": it opens on subscription and closes
    exactly once. dev.sluice.Resource does the same, and keeps the exceptions of close.\
    """;
  }

  @Override
  public void run() {
    Log log = new Log();
    Single<String> once = E23Using.getOnce(() -> log.open(Single.just("BR")), "br");
    Expect.equal(List.of(), log.lines, "before the subscription");
    once.test().assertValue("BR");
    Expect.equal(List.of("open", "br", "close"), log.lines, "with an answer");
    log.lines.clear();
    IOException error = new IOException("no");
    E23Using.getOnce(() -> log.open(Single.error(error)), "us").test().assertError(error);
    Expect.equal(List.of("open", "us", "close"), log.lines, "with an error");
    log.lines.clear();
    E23Using.getOnce(() -> log.open(Single.never()), "in").test().dispose();
    Expect.equal(List.of("open", "in", "close"), log.lines, "with a cancellation");
  }

  private static final class Log {
    private final List<String> lines = new ArrayList<>();

    E23Using.Session open(Single<String> answer) {
      lines.add("open");
      return new E23Using.Session() {
        @Override
        public Single<String> get(String name) {
          lines.add(name);
          return answer;
        }

        @Override
        public void close() {
          lines.add("close");
        }
      };
    }
  }
}
