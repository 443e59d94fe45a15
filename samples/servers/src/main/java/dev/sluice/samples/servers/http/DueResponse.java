package dev.sluice.samples.servers.http;

import java.io.IOException;

/** A response that is ready, and the time to send it. */
record DueResponse(long due, HttpConnection connection, Request request, DelayedResponse reply)
    implements Comparable<DueResponse> {
  void answer(HttpConnection sameConnection) throws IOException {
    sameConnection.answer(request, reply);
    sameConnection.answerRequests();
  }

  @Override
  public int compareTo(DueResponse other) {
    // Differences, because System.nanoTime may overflow.
    return Long.signum(due - other.due);
  }
}
