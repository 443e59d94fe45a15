package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E34Queue;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.processors.MulticastProcessor;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;

/** Checks {@link E34Queue}. */
public final class E34QueueCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    MulticastProcessor.create(bufferSize) is a bounded queue; without a size it holds 128.
    start() opens it for offer.\
    """;
  }

  @Override
  public void run() {
    MulticastProcessor<String> queue = E34Queue.queue();
    Expect.that(queue.offer("a") && queue.offer("b"), "no room for two");
    Expect.that(!queue.offer("c"), "the third value found room");
    TestSubscriber<String> worker = queue.test(1);
    Expect.equal(List.of("a"), worker.values(), "what the worker has taken");
    Expect.that(queue.offer("c"), "no room after one was taken");
  }
}
