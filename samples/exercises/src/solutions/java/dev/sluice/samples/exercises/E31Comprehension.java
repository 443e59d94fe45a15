package dev.sluice.samples.exercises;

import static java.util.stream.Collectors.toSet;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import java.util.Set;

/**
 * Exercise 31: a set of what is found.
 *
 * <p>Collect the names for which {@code probe} says true into a set.
 */
public final class E31Comprehension {
  private E31Comprehension() {}

  // Python:
  //
  //   async def found(names):
  //       return {name async for name in names if await probe(name)}

  public static Single<Set<String>> found(
      Flowable<String> names, Function<String, Single<Boolean>> probe) {
    return names
        .concatMapMaybe(name -> probe.apply(name).filter(yes -> yes).map(yes -> name))
        .collect(toSet());
  }
}
