package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;

/**
 * Exercise 29: block once, in main.
 *
 * <p>Return all lines when the stream has completed. This is the {@code main} of a program: the one
 * place where a thread may wait for a stream.
 */
public final class E29Edge {
  private E29Edge() {}

  // Python:
  //
  //   def main(lines):
  //       return asyncio.run(collect(lines))   # blocks; nothing inside of collect does

  public static List<String> main(Flowable<String> lines) {
    // GAP: replace what follows.
    List<String> all = new ArrayList<>();
    lines.subscribe(all::add);
    return all;
  }
}
