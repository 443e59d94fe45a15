package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A million names, half of which exist, 1,000 at once, as whole processes beside other programs.
 */
final class DnsMillion implements Scenario {
  private static final int LIMIT = 1_000;

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    int names = stage.settings().dnsNames();
    stage
        .out()
        .printf("dns-million: %,d names, %,d at once, whole processes, cold%n", names, LIMIT);
    if (Nsd.installed().isEmpty()) {
      stage.out().println("skipped: nsd is not installed");
      return;
    }
    DnsZone zone = new DnsZone(names / 2);
    Path file = zone.writeTo(stage.scratch().file("zone"));
    try (Nsd nsd = Nsd.over(file, stage.scratch())) {
      List<ProbeProgram> probers = probers(stage, zone.shuffledNames(), nsd.port());
      ResultTable table = new ProbeComparison(probers, names).run(stage.settings().runs(), stage);
      table.print(stage.out());
      judge(stage, table);
    }
  }

  private static List<ProbeProgram> probers(ScenarioContext stage, List<String> names, int port)
      throws IOException, InterruptedException {
    Path file = Files.write(stage.scratch().file("names"), names);
    ProbeJob job = new ProbeJob(port, file.toString(), LIMIT);
    DnsPeerPrograms peers = new DnsPeerPrograms(stage, job, names);
    List<ProbeProgram> probers = new ArrayList<>();
    probers.add(
        ProbeProgram.of(
            ProbeMethod.SLUICE.label(),
            ProbeProgram.java(
                ProbeMethod.SLUICE, ClassArchive.options(stage, peers.smallJob()), job),
            names.size(),
            DnsZone.expected(names),
            VerdictTotals::in));
    probers.add(peers.massdns());
    probers.add(peers.dnsperf());
    probers.add(peers.netty());
    probers.add(peers.inetAddress());
    probers.add(peers.python());
    return probers;
  }

  private static void judge(ScenarioContext stage, ResultTable table) {
    judge(stage, table, DnsPeerPrograms.MASSDNS, Runtime.version().feature() < 25 ? 0.9 : 1.0);
    judge(stage, table, DnsPeerPrograms.DNSPERF, 0.85);
    judge(stage, table, DnsPeerPrograms.NETTY, 2.5);
    judge(stage, table, DnsPeerPrograms.INET_ADDRESS, 8);
    judge(stage, table, DnsPeerPrograms.PYTHON, 15);
  }

  private static void judge(ScenarioContext stage, ResultTable table, String peer, double factor) {
    stage.judge("times the rate of " + peer, table.ratioToOurs(peer), TargetFigure.atLeast(factor));
  }
}
