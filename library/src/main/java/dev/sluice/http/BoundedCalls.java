package dev.sluice.http;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Runs the calls of one client: as many at once as its limit, each on a network thread, or, over a
 * {@link Transport}, without a thread.
 *
 * <p>The limiter is the client's own and not the policy's. A pipeline holds a permit of the policy
 * while it makes a call, so a second permit of the same limiter could wait for ever. A permit of
 * this limiter is held for one call only, and nothing that waits for another permit.
 *
 * @param limiter as many permits as the policy
 * @param threads of the policy
 * @param areEnqueued whether the calls need no thread while they wait
 */
record BoundedCalls(Limiter limiter, NetworkThreads threads, boolean areEnqueued) {
  /**
   * {@return a call that begins when the client has a permit for it, and a thread if it needs one}
   *
   * @param call blocks the thread that subscribes unless the calls are enqueued
   */
  Maybe<Object> run(Maybe<?> call) {
    return limiter.permit(areEnqueued ? call.cast(Object.class) : threads.run(call));
  }
}
