package dev.sluice.samples.servers.http;

import java.io.IOException;

/** What an event loop does with each request. Called on the thread of the loop. */
@FunctionalInterface
interface RequestHandler {
  void handle(ReceivedRequest received, HttpConnection connection, HttpEventLoop loop)
      throws IOException;
}
