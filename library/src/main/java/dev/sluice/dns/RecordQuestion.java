package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A question for the records of one name and one type.
 *
 * <pre>{@code
 * RecordQuestion.of(DomainName.of("await.dev"), RecordKind.NS)
 *     .iterativelyAt(DnsOptions.parseServers("192.0.2.53").get(0))
 * }</pre>
 *
 * @param name the name
 * @param kind the type
 * @param server the only server to ask, and without recursion (the RD bit is 0); empty for the
 *     servers of the resolver, with recursion
 */
public record RecordQuestion(DomainName name, RecordKind kind, Optional<InetSocketAddress> server) {
  /**
   * Checks the address.
   *
   * @param name the name
   * @param kind the type
   * @param server a resolved address, or empty
   */
  public RecordQuestion {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    if (server.filter(InetSocketAddress::isUnresolved).isPresent()) {
      throw new IllegalArgumentException("server: " + server.get() + ", must be resolved");
    }
  }

  /**
   * {@return a question for the servers of the resolver}
   *
   * @param name the name
   * @param kind the type
   */
  public static RecordQuestion of(DomainName name, RecordKind kind) {
    return new RecordQuestion(name, kind, Optional.empty());
  }

  /**
   * {@return a copy that asks this server alone, and without recursion: what it knows itself, or a
   * referral to the servers of a zone below}
   *
   * @param server a resolved address
   */
  public RecordQuestion iterativelyAt(InetSocketAddress server) {
    return new RecordQuestion(name, kind, Optional.of(server));
  }
}
