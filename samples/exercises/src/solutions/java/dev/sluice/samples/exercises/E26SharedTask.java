package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 26: one call, many listeners.
 *
 * <p>However many subscribe, and whenever they do: the call is made once, and all get its answer.
 */
public final class E26SharedTask {
  private E26SharedTask() {}

  // Python:
  //
  //   task = asyncio.create_task(call)   # runs once
  //   await task
  //   await task                         # the same result again

  public static Single<String> shared(Single<String> call) {
    return call.cache();
  }
}
