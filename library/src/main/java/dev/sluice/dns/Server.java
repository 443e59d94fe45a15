package dev.sluice.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One server: its ports on our side, what it can do, and how it is. */
final class Server {
  /** With the receive buffer that Linux grants by default, these hold 10,000 answers. */
  private static final int MAX_PORTS = 64;

  private static final int USUAL_PORTS = 4;
  private static final int ROOMY = 64;
  private static final int MAX_FAILURES = 8;
  private static final int PROBE_EVERY = 64;

  final InetSocketAddress address;
  final int index;
  final List<UdpPort> ports = new ArrayList<>();

  /** Until it says that it knows nothing of EDNS. */
  boolean edns = true;

  private int failures;
  private int passedOver;
  private int inFlight;
  private int turn;

  /** How many more leave from the port whose turn it is: together they cost less. */
  private int left = DatagramBatch.SLOTS;

  Server(InetSocketAddress address, int index) {
    this.address = address;
    this.index = index;
  }

  /** Of a server that failed many times in a row, only now and then a query finds out more. */
  boolean isTrusted() {
    return failures < MAX_FAILURES || ++passedOver % PROBE_EVERY == 0;
  }

  void answered() {
    failures = 0;
  }

  void failed() {
    failures = Math.min(failures + 1, MAX_FAILURES);
  }

  void sent() {
    inFlight++;
  }

  void over() {
    inFlight--;
  }

  /** A port with room for one more answer, if need be a new one; null when all are full. */
  @Nullable UdpPort port(Engine engine) throws IOException {
    if (ports.size() < USUAL_PORTS && inFlight >= ROOMY * ports.size()) {
      return open(engine);
    }
    for (int i = 0; i <= ports.size() && !ports.isEmpty(); i++) {
      if (left > 0 && ports.get(turn).hasRoom()) {
        left--;
        return ports.get(turn);
      }
      turn = turn + 1 < ports.size() ? turn + 1 : 0;
      left = DatagramBatch.SLOTS;
    }
    return ports.size() < MAX_PORTS ? open(engine) : null;
  }

  private UdpPort open(Engine engine) throws IOException {
    UdpPort port = UdpPort.open(engine, this);
    ports.add(port);
    return port;
  }

  @Override
  public String toString() {
    return ServerAddress.text(address);
  }
}
