package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 5: change a value that is not there yet.
 *
 * <p>Turn the number into a text such as "The answer is 42", without waiting for it here.
 */
public final class E05Change {
  private E05Change() {}

  // Python:
  //
  //   async def describe(answer):
  //       return f"The answer is {await answer}"

  public static Single<String> describe(Single<Integer> answer) {
    return answer.map(value -> "The answer is " + value);
  }
}
