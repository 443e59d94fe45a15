package dev.sluice.samples.walkthrough;

import dev.sluice.samples.CommandSet;
import java.util.List;

/** The commands of the walkthrough, in reading order. */
public final class WalkthroughCommands implements CommandSet {
  @Override
  public int rank() {
    return 4;
  }

  @Override
  public String heading() {
    return "From asyncio to RxJava";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(
        Count.class,
        SayAfter.class,
        Nested.class,
        Naive.class,
        Chess.class,
        WorkQueue.class,
        Waiting.class,
        Timeouts.class,
        Futures.class,
        Semaphores.class,
        Threads.class,
        BoundedQueue.class,
        Primes.class,
        WebPage.class,
        Generators.class,
        Classic.class,
        Types.class,
        Rules.class,
        TaskGroup.class,
        LoopByHand.class,
        Loops.class,
        Shell.class,
        EasyRacerCommand.class,
        Marbles.class);
  }
}
