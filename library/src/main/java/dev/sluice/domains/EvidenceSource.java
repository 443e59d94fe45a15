package dev.sluice.domains;

import dev.sluice.dns.DomainName;
import io.reactivex.rxjava3.core.Flowable;

/**
 * A source of evidence about names: DNS, a registry, a list. Can be a lambda.
 *
 * <pre>{@code
 * EvidenceSource mine = domain -> Flowable.just(Evidence.now(
 *     Evidence.Source.OTHER, "my list", domain.value(), Finding.RESERVED, "line 7"));
 * }</pre>
 */
@FunctionalInterface
public interface EvidenceSource {
  /**
   * {@return what the source says of a domain, cold; empty if it has nothing to say}
   *
   * <p><b>Backpressure:</b> need not be honoured, because it says few things. <b>Scheduler:</b>
   * any; subscribing must not block. <b>Failure:</b> a source that cannot be asked emits evidence
   * with {@link Finding#NO_ANSWER}; an {@code IOException} counts as that, and any other error is a
   * bug. <b>Cancellation:</b> ends the question.
   *
   * @param domain a name as it can be registered, such as {@code example.co.uk}
   */
  Flowable<Evidence> ask(DomainName domain);
}
