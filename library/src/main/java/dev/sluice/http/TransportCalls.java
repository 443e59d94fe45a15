package dev.sluice.http;

import dev.sluice.Timings;
import okhttp3.Call;
import okhttp3.Request;

/**
 * Calls over a {@link Transport}.
 *
 * @param transport sends the requests
 * @param hops the rules
 * @param tasks run what follows a response
 * @param whole for a body that is received whole, without a thread
 */
record TransportCalls(Transport transport, Hops hops, NetworkTasks tasks, Transport.Prefetch whole)
    implements Call.Factory {
  @Override
  public Call newCall(Request request) {
    // The call is made on the thread that works on the attempt; its redirects are not.
    Timings timings = Timings.current();
    Request noted = OriginGuard.noted(request);
    Request tagged =
        timings == null ? noted : noted.newBuilder().tag(Timings.class, timings).build();
    return new TransportCall(tagged, this);
  }
}
