package dev.sluice.dns.engine;

import java.net.InetSocketAddress;

/** What is known about one name server: what it understands, how it does, how busy it is. */
final class Server {
  private static final int MAX_FAILURES = 8;
  private static final int PROBE_EVERY = 64;

  final InetSocketAddress address;
  final int index;

  /** False once the server answered without EDNS what it refused with EDNS. */
  boolean edns = true;

  /** True once the server answered by TCP with the question in lower case. */
  boolean lowersCase;

  private int failures;
  private int skipped;
  private int inFlight;

  Server(InetSocketAddress address, int index) {
    this.address = address;
    this.index = index;
  }

  /**
   * Whether to ask this server before others. A server that failed many times in a row gets only
   * every {@value #PROBE_EVERY}th query, which finds out whether it has recovered.
   */
  boolean isTrusted() {
    return failures < MAX_FAILURES || ++skipped % PROBE_EVERY == 0;
  }

  void noteAnswer() {
    failures = 0;
  }

  /** The server's port is closed: servers that lose queries now and then come first. */
  void noteRefusal() {
    failures = MAX_FAILURES;
  }

  void noteFailure() {
    failures = Math.min(failures + 1, MAX_FAILURES);
  }

  void queryAdded() {
    inFlight++;
  }

  void queryRemoved() {
    inFlight--;
  }

  int inFlight() {
    return inFlight;
  }
}
