package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;
import java.util.function.Supplier;

/**
 * Exercise 23: open, use, close.
 *
 * <p>Open a session, get the name with it, and close it: after the answer, after an error, and
 * after a cancellation. Open one session for each subscriber, not before.
 */
public final class E23Using {
  private E23Using() {}

  /** What the check passes. */
  public interface Session {
    Single<String> get(String name);

    void close();
  }

  // Python:
  //
  //   async def get_once(open_session, name):
  //       async with open_session() as session:
  //           return await session.get(name)

  public static Single<String> getOnce(Supplier<Session> open, String name) {
    return Single.using(open::get, session -> session.get(name), Session::close);
  }
}
