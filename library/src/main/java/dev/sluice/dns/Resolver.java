package dev.sluice.dns;

import io.reactivex.rxjava3.core.Maybe;

/**
 * Who knows which names exist; a lambda of your own will do.
 *
 * <p>The {@code Maybe} is cold. It emits an answer for a name that exists, with or without address,
 * completes empty for one that does not (NXDOMAIN and nothing else), and signals a {@link
 * DnsException}, or another {@code IOException}, when nobody could say. Subscribing must not block.
 */
@FunctionalInterface
public interface Resolver {
  /**
   * {@return what is known of a name, cold}
   *
   * @param name the name
   */
  Maybe<Answer> resolve(DomainName name);
}
