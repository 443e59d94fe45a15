package dev.sluice.dns;

import io.reactivex.rxjava3.core.Maybe;

/**
 * Finds out whether names exist. Can be a lambda.
 *
 * <p>The {@code Maybe} is cold. It emits an answer for a name that exists, with or without an
 * address. It completes empty for a name that does not exist (NXDOMAIN only). It signals a {@link
 * DnsException}, or another {@code IOException}, if there is no answer. Subscribing must not block.
 */
@FunctionalInterface
public interface Resolver {
  /**
   * {@return the answer for a name, cold; empty if the name does not exist}
   *
   * <p><b>Scheduler:</b> the answer may come on any thread, which the subscriber must not block.
   * <b>Failure:</b> an {@code IOException}, mostly a {@link DnsException}, goes to {@code onError}.
   * <b>Cancellation:</b> ends the lookup, and nothing is signalled afterwards.
   *
   * @param name the name
   */
  Maybe<Answer> resolve(DomainName name);
}
