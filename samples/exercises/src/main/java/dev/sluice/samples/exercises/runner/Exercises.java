package dev.sluice.samples.exercises.runner;

import java.util.List;

/** All exercises, in the order of learning. */
final class Exercises {
  static final List<Exercise> ALL =
      List.of(
          new Exercise(1, "Count", "two words with a second between them"),
          new Exercise(2, "CountAtOnce", "three counters at once"),
          new Exercise(3, "Nested", "nothing happens before a subscription"),
          new Exercise(4, "Await", "subscribe, and handle value and error"),
          new Exercise(5, "Change", "change a value that is not there yet"),
          new Exercise(6, "Chain", "a call that needs the result of another"),
          new Exercise(7, "VirtualTime", "an hour in a millisecond"),
          new Exercise(8, "Naive", "asynchronous is not concurrent"),
          new Exercise(9, "Gather", "at once, but in the order of asking"),
          new Exercise(10, "Zip", "two different calls, one result"),
          new Exercise(11, "Semaphore", "at most three at once"),
          new Exercise(12, "ReturnExceptions", "an error is an answer, too"),
          new Exercise(13, "TaskGroup", "the first error cancels the others"),
          new Exercise(14, "Retry", "three attempts"),
          new Exercise(15, "RetryOnly", "retry what can get better"),
          new Exercise(16, "Backoff", "wait longer after each failure"),
          new Exercise(17, "Timeout", "no longer than three seconds"),
          new Exercise(18, "TimeoutOverAll", "one time limit over two calls"),
          new Exercise(19, "First", "the fastest mirror wins"),
          new Exercise(20, "Hedge", "ask a second time when the first is slow"),
          new Exercise(21, "Cancel", "stop when a button is pressed"),
          new Exercise(22, "Finally", "clean up in every case"),
          new Exercise(23, "Using", "open, use, close"),
          new Exercise(24, "Callback", "from callbacks to a Single"),
          new Exercise(25, "Future", "from a CompletableFuture, with cancellation"),
          new Exercise(26, "SharedTask", "one call, many listeners"),
          new Exercise(27, "ToThread", "a blocking call on another thread"),
          new Exercise(28, "TwoThreads", "fetch on one thread, save on another"),
          new Exercise(29, "Edge", "block once, in main"),
          new Exercise(30, "Generate", "numbers without an end"),
          new Exercise(31, "Comprehension", "a set of what is found"),
          new Exercise(32, "Latest", "a subscriber that is slower than the source"),
          new Exercise(33, "RunningAverage", "the average so far"),
          new Exercise(34, "Queue", "a queue with room for two"),
          new Exercise(35, "Batches", "three together, or after a second"),
          new Exercise(36, "Pipeline", "as many outcomes as keys"),
          new Exercise(37, "Policy", "limit, timeout and retry as one value"),
          new Exercise(38, "SharedLimit", "one limit for two streams"),
          new Exercise(39, "Probe", "which names are free"),
          new Exercise(40, "Download", "bounded, retried, cancellable"));

  private Exercises() {}
}
