package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;
import java.util.function.Consumer;

/**
 * Exercise 24: from callbacks to a Single.
 *
 * <p>Make a {@code Single} of a device that calls back. Each subscriber asks anew. Disposing
 * cancels the question, and an error that comes after that is dropped.
 */
public final class E24Callback {
  private E24Callback() {}

  /** What the check passes. */
  public interface Device {
    /** Asks, calls one of the two later, and returns what cancels the question. */
    Runnable ask(Consumer<String> onAnswer, Consumer<Exception> onError);
  }

  // Python:
  //
  //   async def ask(device):
  //       future = loop.create_future()
  //       cancel = device.ask(future.set_result, future.set_exception)
  //       future.add_done_callback(lambda f: cancel() if f.cancelled() else None)
  //       return await future

  public static Single<String> ask(Device device) {
    // GAP: replace what follows.
    return Single.create(emitter -> device.ask(emitter::onSuccess, emitter::onError));
  }
}
