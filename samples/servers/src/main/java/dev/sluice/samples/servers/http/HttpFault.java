package dev.sluice.samples.servers.http;

/** A fault that a running server makes on purpose. Used by the thread of the server only. */
@FunctionalInterface
interface HttpFault {
  /** The reply in place of the one that would be sent without this fault; or the same. */
  DelayedResponse apply(ReceivedRequest received, DelayedResponse reply);
}
