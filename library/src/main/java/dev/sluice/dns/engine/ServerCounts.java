package dev.sluice.dns.engine;

import java.net.InetSocketAddress;

/**
 * How often each event happened at one server.
 *
 * @param server its address
 * @param asked as {@link ServerEvent#ASKED}
 * @param answered as {@link ServerEvent#ANSWERED}
 * @param refused as {@link ServerEvent#REFUSED}
 * @param failed as {@link ServerEvent#FAILED}
 * @param timedOut as {@link ServerEvent#TIMED_OUT}
 * @param late as {@link ServerEvent#LATE}
 * @param lied as {@link ServerEvent#LIED}
 */
public record ServerCounts(
    InetSocketAddress server,
    long asked,
    long answered,
    long refused,
    long failed,
    long timedOut,
    long late,
    long lied) {
  /**
   * {@return no event}
   *
   * @param server its address
   */
  public static ServerCounts none(InetSocketAddress server) {
    return new ServerCounts(server, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * {@return the sums}
   *
   * @param other of the same server
   */
  public ServerCounts plus(ServerCounts other) {
    return new ServerCounts(
        server,
        asked + other.asked,
        answered + other.answered,
        refused + other.refused,
        failed + other.failed,
        timedOut + other.timedOut,
        late + other.late,
        lied + other.lied);
  }

  static ServerCounts of(Server server) {
    return new ServerCounts(
        server.address,
        server.counted(ServerEvent.ASKED),
        server.counted(ServerEvent.ANSWERED),
        server.counted(ServerEvent.REFUSED),
        server.counted(ServerEvent.FAILED),
        server.counted(ServerEvent.TIMED_OUT),
        server.counted(ServerEvent.LATE),
        server.counted(ServerEvent.LIED));
  }
}
