package dev.sluice.samples.cluster;

import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Probes a few names on a cluster within this JVM, with a name server of its own: {@code mvn -q
 * compile exec:exec -Dcluster=OneJvm}.
 */
public final class OneJvm {
  private static final int SUBTASKS = 2;
  private static final List<String> NAMES =
      List.of("and.dev", "await.dev", "byte.dev", "else.dev", "for.dev", "while.dev", "no name");

  private OneJvm() {}

  public static void main(String... args) throws Exception {
    Path folder = Files.createTempDirectory("sluice-cluster-");
    Path names = Files.write(folder.resolve("names"), NAMES);
    Path outcomes = folder.resolve("outcomes");
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(BlogNames.zones()))) {
      StreamExecutionEnvironment flink =
          StreamExecutionEnvironment.createLocalEnvironment(SUBTASKS, new Configuration());
      ProbeJob.define(
          ParameterTool.fromArgs(
              new String[] {
                "--names", names.toUri().toString(),
                "--servers", server.hostAndPort(),
                "--outcomes", outcomes.toUri().toString(),
                "--checkpoint-every", "500 ms"
              }),
          flink);
      flink.execute("probe");
    }
    OutcomeFiles.read(outcomes)
        .blockingForEach(entry -> System.out.println(entry.key() + " " + entry.verdict().text()));
    System.out.println("the outcomes are in " + outcomes);
  }
}
