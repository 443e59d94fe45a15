package dev.sluice.samples.walkthrough;

import java.util.List;

/** All samples of this package, in the order in which to read them. */
public final class Walkthrough {
  private Walkthrough() {}

  /** The classes of the commands. */
  public static List<Class<?>> commands() {
    return List.of(
        Count.class,
        SayAfter.class,
        Chess.class,
        WorkQueue.class,
        Waiting.class,
        Semaphores.class,
        Threads.class,
        BoundedQueue.class,
        Primes.class,
        Generators.class,
        TaskGroup.class,
        Loops.class,
        Shell.class);
  }
}
