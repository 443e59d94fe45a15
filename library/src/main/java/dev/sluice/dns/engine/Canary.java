package dev.sluice.dns.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question whose answer is known, asked of one server to find out whether it tells the truth. */
final class Canary extends Query {
  /** What a server said, beside what is known. */
  enum Match {
    SAME,
    /** The same name exists, with some of the addresses: they may change. */
    SIMILAR,
    /** The name exists with other addresses. */
    OTHER,
    /** A name that does not exist has been found, or the other way round. */
    FLIP
  }

  final Server target;

  /** The name that exists; null for one that does not. */
  final Canaries.@Nullable Known known;

  private final Judge judge;

  /** What a canary is asked for. */
  interface Judge {
    /** The server has answered. */
    void judge(Canary canary, Match match);

    /** The server has not answered. */
    void untested(Canary canary);
  }

  Canary(Server target, byte[] question, Canaries.@Nullable Known known, Judge judge) {
    super(question);
    this.target = target;
    this.known = known;
    this.judge = judge;
  }

  /** Compares what a server said with what is known. */
  static Match match(@Nullable List<InetAddress> said, @Nullable Set<InetAddress> known) {
    if (said == null || known == null) {
      return said == null && known == null ? Match.SAME : Match.FLIP;
    }
    if (said.size() == known.size() && known.containsAll(said)) {
      return Match.SAME;
    }
    return said.stream().anyMatch(known::contains) ? Match.SIMILAR : Match.OTHER;
  }

  @Override
  Server pinned() {
    return target;
  }

  @Override
  protected boolean isDisposed() {
    return false;
  }

  @Override
  protected void onAddresses(List<InetAddress> addresses) {
    judge.judge(this, match(addresses, known == null ? null : known.addresses()));
  }

  @Override
  protected void onNoName() {
    judge.judge(this, match(null, known == null ? null : known.addresses()));
  }

  @Override
  protected void onFailure(QueryFailure failure) {
    judge.untested(this);
  }

  @Override
  protected void onClosed() {
    judge.untested(this);
  }
}
