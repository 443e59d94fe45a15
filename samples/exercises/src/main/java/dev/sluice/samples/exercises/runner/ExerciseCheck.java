package dev.sluice.samples.exercises.runner;

/** Decides whether the answer to one exercise is right. */
public interface ExerciseCheck {
  /** What the exercise teaches. Shown below every failure. */
  String lesson();

  /**
   * Returns if the answer is right.
   *
   * @throws AssertionError if it is wrong; the message says what was expected and what came
   * @throws Exception whatever the answer throws
   */
  void run() throws Exception;
}
