package dev.sluice.samples.cluster;

import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalVerdict;
import dev.sluice.samples.servers.dns.DnsFaults;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.servers.http.DelayRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** What the tests of the jobs share. */
final class Runs {
  private Runs() {}

  /** A cluster of two subtasks within this JVM, in which the first failure ends a job. */
  static StreamExecutionEnvironment inThisJvm() {
    return StreamExecutionEnvironment.createLocalEnvironment(
        2, new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "disable"));
  }

  /** The options of a job, with a checkpoint every 500 ms. */
  static ParameterTool options(Path outcomes, String... options) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(List.of("--checkpoint-every", "500 ms"));
    all.addAll(List.of("--outcomes", outcomes.toUri().toString()));
    return ParameterTool.fromArgs(all.toArray(String[]::new));
  }

  /** A server that has every second one of the generated names. */
  static DnsServer server(int names, String delay) throws IOException {
    DnsFaults slow = DnsFaults.NONE.withDelay(DelayRange.parse(delay));
    Zones zones = Zones.ofNames(GeneratedNames.existing(names));
    return DnsServer.start(DnsServerSettings.onLoopback(zones).withFaults(slow));
  }

  static long count(Path outcomes) {
    return OutcomeFiles.read(outcomes).count().blockingGet();
  }

  /** The keys of the committed outcomes, in alphabetical order. */
  static List<String> keys(Path outcomes) {
    return OutcomeFiles.read(outcomes).map(JournalEntry::key).sorted().toList().blockingGet();
  }

  /** The generated names, in alphabetical order. */
  static List<String> generated(int names) {
    return LongStream.range(0, names).mapToObj(GeneratedNames::name).sorted().toList();
  }

  static Map<String, JournalVerdict> verdicts(Path outcomes) {
    return OutcomeFiles.read(outcomes)
        .toMap(JournalEntry::key, JournalEntry::verdict, TreeMap::new)
        .blockingGet();
  }
}
