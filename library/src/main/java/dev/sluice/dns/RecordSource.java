package dev.sluice.dns;

import io.reactivex.rxjava3.core.Single;

/**
 * Asks for records. Can be a lambda.
 *
 * <p>The {@code Single} is cold. It emits what a server said, also that the name does not exist. It
 * signals a {@link DnsException}, or another {@code IOException}, if there is no answer.
 * Subscribing must not block.
 */
@FunctionalInterface
public interface RecordSource {
  /**
   * {@return the answer to a question, cold}
   *
   * <p><b>Scheduler:</b> the answer may come on any thread, which the subscriber must not block.
   * <b>Failure:</b> an {@code IOException}, mostly a {@link DnsException}, goes to {@code onError}.
   * <b>Cancellation:</b> ends the query, and nothing is signalled afterwards.
   *
   * @param question which records, of which server
   */
  Single<RecordAnswer> query(RecordQuestion question);

  /**
   * {@return the answer of any server, with recursion; cold}
   *
   * <p><b>Scheduler:</b> the answer may come on any thread, which the subscriber must not block.
   * <b>Failure:</b> an {@code IOException}, mostly a {@link DnsException}, goes to {@code onError}.
   * <b>Cancellation:</b> ends the query, and nothing is signalled afterwards.
   *
   * @param name the name
   * @param kind the type of the records
   */
  default Single<RecordAnswer> query(DomainName name, RecordKind kind) {
    return query(RecordQuestion.of(name, kind));
  }
}
