package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.processors.MulticastProcessor;

/**
 * Exercise 34: a queue with room for two.
 *
 * <p>Return a queue for two values, which is started. {@code offer} says false when it is full: the
 * producer has to wait.
 */
public final class E34Queue {
  private E34Queue() {}

  // Python:
  //
  //   queue = asyncio.Queue(maxsize=2)
  //   queue.put_nowait(job)   # raises QueueFull when there is no room

  public static MulticastProcessor<String> queue() {
    MulticastProcessor<String> queue = MulticastProcessor.create(2);
    queue.start();
    return queue;
  }
}
