package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.UdpResolver;
import dev.sluice.domains.EvidenceSources;
import dev.sluice.domains.Examined;
import dev.sluice.domains.Examiner;
import dev.sluice.domains.NameList;
import dev.sluice.domains.ParentServers;
import dev.sluice.domains.RegistryRates;
import dev.sluice.domains.Verdict;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import dev.sluice.samples.servers.registries.NameState;
import dev.sluice.samples.servers.registries.RegistryFault;
import dev.sluice.samples.servers.registries.RegistryServer;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Examines names of which the truth is known, at registries on loopback with every fault, and
 * counts the false verdicts: {@code VerdictProof [NAMES]}, 10,000 by default. Fails if there is
 * one.
 */
public final class VerdictProof {
  private static final List<Verdict> REGISTERED =
      List.of(Verdict.REGISTERED, Verdict.REGISTERED_NOT_DELEGATED);

  /** Names at once: more would drown a name server that has just started. */
  private static final int LIMIT = 500;

  private final Map<NameState, Map<Verdict, Integer>> table = new EnumMap<>(NameState.class);
  private int falseFree;
  private int falseRegistered;
  private int withoutEvidence;

  private VerdictProof() {}

  public static void main(String[] args) throws IOException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    VerdictProof proof = new VerdictProof();
    try (RegistryServer server = RegistryServer.start(0, 0)) {
      long start = System.nanoTime();
      proof.examine(server, IntStream.range(0, count).mapToObj(VerdictProof::name).toList());
      double seconds = (System.nanoTime() - start) / 1e9;
      proof.print();
      System.out.printf(
          Locale.ROOT,
          "%,d names in %.1f s, %,d DNS queries, %,d RDAP requests%n",
          count,
          seconds,
          server.queries(),
          server.requests());
    }
    System.exit(proof.falseFree + proof.falseRegistered + proof.withoutEvidence == 0 ? 0 : 1);
  }

  /** Every state at every fault in turn. */
  private static String name(int i) {
    NameState[] states = NameState.values();
    RegistryFault[] faults = RegistryFault.values();
    int rest = i / states.length;
    return states[i % states.length].name().toLowerCase(Locale.ROOT)
        + rest / faults.length
        + "."
        + faults[rest % faults.length].topLevel();
  }

  /** The reserved names with an odd number, of which the registries say nothing. */
  private static NameList reserved(List<String> names) {
    return NameList.of(
        "the list of reserved names",
        names.stream().filter(name -> name.matches("reserved[0-9]*[13579]\\..*")).toList());
  }

  private void examine(RegistryServer server, List<String> names) {
    DnsOptions dns =
        DnsOptions.standard()
            .withServers(List.of(server.resolver()))
            .withTimeout(Duration.ofMillis(250));
    RegistryRates rates = RegistryRates.STANDARD.withUsual(Rate.perSecond(5_000));
    try (UdpResolver resolver = UdpResolver.of(dns);
        Rdap rdap = Rdap.at(server.list(), RdapOptions.of(rates.policy()))) {
      Examiner.of(
              List.of(
                  EvidenceSources.resolver(resolver),
                  ParentServers.of(resolver).withPort(server.dnsPort()),
                  EvidenceSources.reserved(reserved(names)),
                  EvidenceSources.registries(rdap, rates)))
          .withPolicy(Policy.limit(LIMIT).withAttemptTimeout(Policy.FOREVER))
          .examineAll(Flowable.fromIterable(names))
          .map(Outcome::orElseThrow)
          .blockingForEach(this::count);
    }
  }

  private void count(Examined examined) {
    NameState state = NameState.of(examined.name());
    Verdict verdict = examined.verdict();
    table
        .computeIfAbsent(state, unused -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1, Integer::sum);
    falseFree += verdict == Verdict.LIKELY_FREE && state != NameState.FREE ? 1 : 0;
    boolean isRegistered = state == NameState.REGISTERED || state == NameState.UNDELEGATED;
    falseRegistered += REGISTERED.contains(verdict) && !isRegistered ? 1 : 0;
    withoutEvidence += examined.evidence().isEmpty() ? 1 : 0;
  }

  private void print() {
    System.out.printf("%-12s", "");
    for (Verdict verdict : Verdict.values()) {
      System.out.printf("%26s", verdict.words());
    }
    System.out.println();
    table.forEach(
        (state, counts) -> {
          System.out.printf("%-12s", state.name().toLowerCase(Locale.ROOT));
          for (Verdict verdict : Verdict.values()) {
            System.out.printf("%26d", counts.getOrDefault(verdict, 0));
          }
          System.out.println();
        });
    System.out.println(
        falseFree
            + " false free, "
            + falseRegistered
            + " false registered, "
            + withoutEvidence
            + " without evidence");
  }
}
