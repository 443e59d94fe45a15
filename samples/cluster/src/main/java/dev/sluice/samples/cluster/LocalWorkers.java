package dev.sluice.samples.cluster;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Probes 10,000 names on a cluster of three processes of this machine, with a name server of its
 * own: {@code mvn -q compile exec:exec -Dcluster=LocalWorkers}.
 */
public final class LocalWorkers {
  private static final int WORKERS = 2;
  private static final int NAMES = 10_000;

  private LocalWorkers() {}

  public static void main(String... args) throws Exception {
    Path folder = Files.createTempDirectory("sluice-cluster-");
    Path outcomes = folder.resolve("outcomes");
    Zones zones = Zones.ofNames(GeneratedNames.existing(NAMES));
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(zones));
        LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"), WORKERS)) {
      System.out.println("workers: " + cluster.workers().stream().map(Process::pid).toList());
      StreamExecutionEnvironment flink = cluster.environment().setParallelism(WORKERS);
      ProbeJob.define(
          ParameterTool.fromArgs(
              new String[] {
                "--generate", String.valueOf(NAMES),
                "--servers", server.hostAndPort(),
                "--outcomes", outcomes.toUri().toString(),
                "--checkpoint-every", "500 ms"
              }),
          flink);
      flink.execute("probe");
    }
    OutcomeFiles.verdicts(outcomes)
        .forEach((verdict, count) -> System.out.println(verdict.text() + ": " + count));
    System.out.println("the outcomes are in " + outcomes);
  }
}
