package dev.sluice.samples.exercises.runner;

import java.util.List;

/** All exercises, in the order of learning. */
final class Exercises {
  static final List<Exercise> ALL =
      List.of(
          new Exercise(1, "Count", "two words with a second between them"),
          new Exercise(2, "CountAtOnce", "three counters at once"),
          new Exercise(3, "Nested", "nothing happens before a subscription"));

  private Exercises() {}
}
