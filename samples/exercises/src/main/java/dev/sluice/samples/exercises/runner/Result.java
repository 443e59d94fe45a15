package dev.sluice.samples.exercises.runner;

/**
 * What became of an exercise.
 *
 * @param message why it is not done and what it teaches; empty if it is done
 */
record Result(Exercise exercise, boolean done, String message) {
  static Result done(Exercise exercise) {
    return new Result(exercise, true, "");
  }

  static Result open(Exercise exercise, String message) {
    return new Result(exercise, false, message);
  }
}
