package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 21: stop when a button is pressed.
 *
 * <p>Pass the ticks on until {@code pressed} emits. Then complete, and cancel the ticks.
 */
public final class E21Cancel {
  private E21Cancel() {}

  // Python:
  //
  //   async def until_pressed(ticks, pressed):
  //       task = create_task(consume(ticks))
  //       await pressed
  //       task.cancel()

  public static Flowable<Long> untilPressed(Flowable<Long> ticks, Flowable<String> pressed) {
    // GAP: replace what follows.
    return ticks.takeWhile(tick -> tick < 3);
  }
}
