package dev.sluice.http;

import okhttp3.Request;

/** A socket that passes on the response to each request and nothing else. */
interface ResponseSocket {
  /** Announces that the next bytes written are this request. */
  void expect(Request request);

  /** The body of the response was read to its end: the next request may be written. */
  void bodyEnded();
}
