package dev.sluice.samples.domains;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.NameServerStatistics;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Prints how the name servers did: all together, and those that answered least of all. */
final class ServerTable {
  private static final int MOST_LINES = 20;
  private static final String COLUMNS = "%-24s %9s %9s %8s %8s %8s %8s %8s";

  private ServerTable() {}

  static void print(List<NameServerStatistics> servers, PrintWriter err) {
    err.println(
        String.format(
            COLUMNS, "server", "asked", "answered", "refused", "failed", "late", "lost", "lied"));
    if (servers.size() > 1) {
      line("all " + servers.size(), servers, err);
    }
    servers.stream()
        .sorted(Comparator.comparingLong(ServerTable::unanswered).reversed())
        .limit(MOST_LINES)
        .forEach(server -> line(DnsOptions.serverText(server.server()), List.of(server), err));
    if (servers.size() > MOST_LINES) {
      err.println("and " + (servers.size() - MOST_LINES) + " more, which did better");
    }
    err.flush();
  }

  private static long unanswered(NameServerStatistics server) {
    return server.asked() - server.answered();
  }

  private static void line(String name, List<NameServerStatistics> servers, PrintWriter err) {
    err.println(
        String.format(
            Locale.ROOT,
            COLUMNS,
            name,
            sum(servers, NameServerStatistics::asked),
            sum(servers, NameServerStatistics::answered),
            sum(servers, NameServerStatistics::refused),
            sum(servers, NameServerStatistics::failed),
            sum(servers, NameServerStatistics::late),
            sum(servers, NameServerStatistics::lost),
            sum(servers, NameServerStatistics::lied)));
  }

  private static long sum(
      List<NameServerStatistics> servers, ToLongFunction<NameServerStatistics> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
