package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.HOURS;

import dev.sluice.samples.exercises.E31Comprehension;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;
import java.util.Set;

/** Checks {@link E31Comprehension}. */
public final class E31ComprehensionCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    An awaited condition is a call: concatMapMaybe makes it for each name, filter leaves
    out those with a "no", and map goes back from the answer to the name.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Function<String, Single<Boolean>> probe =
        name -> calls.get(name).map(answer -> answer.startsWith("A"));
    Flowable<String> names = Flowable.just("await", "for", "as");
    TestObserver<Set<String>> found = E31Comprehension.found(names, probe).test();
    clock.advanceTimeBy(1, HOURS);
    Expect.equal(List.of(Set.of("await", "as")), found.values(), "the set");
  }
}
