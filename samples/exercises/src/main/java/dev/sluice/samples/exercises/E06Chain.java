package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 6: a call that needs the result of another.
 *
 * <p>Ask for the capital of a country and then for the weather in that capital. Do not block: the
 * thread of the clock would wait for itself.
 */
public final class E06Chain {
  private E06Chain() {}

  /** What the check passes. */
  public interface Site {
    Single<String> get(String name);
  }

  // Python:
  //
  //   async def weather_of(country):
  //       capital = await get(country)
  //       return await get(capital)

  public static Single<String> weatherOf(String country, Site site) {
    // GAP: replace what follows.
    return site.get(country);
  }
}
