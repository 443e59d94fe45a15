package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.benchmarks.VerdictCounter.Verdict;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that every verdict is right with independent name servers: {@code DnsPeers [NAMES]}; half
 * of the plain names exist (500,000). The exit status is 1 unless every verdict is right. A name
 * that is unknown does not count as right.
 */
public final class DnsPeers {
  private static final int NAMES = 500_000;
  private static final int LIMIT = 1_000;

  /**
   * Its socket has the default buffer of the kernel, 212,992 octets or about 270 queries, and it
   * has no option for more. With 1,000 in flight /proc/net/udp counted 1,608 of 40,000 dropped
   * there, with 100 none. Which names stay unknown is then random.
   */
  private static final int DNSMASQ_LIMIT = 100;

  /** The sockets of the relay have the default buffer of the kernel, and signatures are large. */
  private static final int SIGNED_LIMIT = 50;

  private static final String ROW = "| %-10s | %-18s | %9s | %7s | %7s | %7s |%n";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final ScratchFolder scratch;
  private long allWrong;

  private DnsPeers(ScratchFolder scratch) {
    this.scratch = scratch;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int names = args.length == 0 ? NAMES : Integer.parseInt(args[0]);
    long wrong;
    try (ScratchFolder scratch = ScratchFolder.open()) {
      DnsPeers peers = new DnsPeers(scratch);
      peers.run(names);
      wrong = peers.allWrong;
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  private void run(int names) throws IOException, InterruptedException {
    if (Nsd.installed().isEmpty()) {
      out.println("skipped: nsd is not installed, and the others ask it");
      return;
    }
    out.printf(ROW, "server", "names", "right", "wrong", "unknown", "seconds");
    out.printf(ROW, "---", "---", "--:", "--:", "--:", "--:");
    OddZone zone = new OddZone(new DnsZone(names / 2));
    Path file = zone.writeTo(scratch.file("zone"));
    try (Nsd nsd = Nsd.over(file, scratch, "nsd", "ipv4-edns-size: 512")) {
      check("nsd", nsd.port(), LIMIT, zone.kinds());
      checkForwarder("unbound", LIMIT, nsd, Forwarders::unbound, zone);
      checkForwarder("dnsmasq", DNSMASQ_LIMIT, nsd, Forwarders::dnsmasq, zone);
    }
    signed();
  }

  private void checkForwarder(
      String name, int limit, Nsd nsd, Forwarders.Starter starter, OddZone zone)
      throws IOException {
    Optional<Path> program = InstalledPrograms.find(name);
    if (program.isEmpty()) {
      out.println(name + " is skipped: not installed");
      return;
    }
    try (Forwarders.Running server = starter.start(program.get(), nsd, scratch)) {
      check(name, server.port(), limit, zone.kinds());
    }
  }

  private void signed() throws IOException, InterruptedException {
    Optional<DnsSigner> signer = DnsSigner.installed();
    if (signer.isEmpty()) {
      out.println("a signed zone is skipped: ldns-signzone is not installed");
      return;
    }
    OddZone zone = new OddZone(new DnsZone(1_000));
    Path file = zone.writeTo(scratch.emptyFolder("signed").resolve("zone"));
    Path signed = signer.get().sign(file);
    try (Nsd nsd = Nsd.over(signed, scratch, "nsd-signed", "")) {
      check("nsd signed", nsd.port(), LIMIT, zone.kinds());
      withSignatures(nsd, zone);
    }
  }

  /** The probe does not ask for signatures, so the relay does. */
  private void withSignatures(Nsd nsd, OddZone zone) throws IOException {
    Map<String, OddZone.Kind> kinds = zone.kinds();
    kinds.remove(OddZone.TRUNCATED);
    try (SignatureRelay relay = SignatureRelay.before(nsd.port())) {
      check("nsd, DO", relay.port(), SIGNED_LIMIT, kinds);
      out.printf("%,d answers of it came with signatures%n", relay.signed());
      allWrong += relay.signed() == 0 ? 1 : 0;
    }
  }

  private void check(String server, int port, int limit, Map<String, OddZone.Kind> kinds) {
    DnsOptions options =
        DnsOptions.standard().withServers(DnsOptions.parseServers("127.0.0.1:" + port));
    try (UdpResolver resolver = UdpResolver.of(options)) {
      Domains domains =
          Domains.of(resolver, Policy.limit(limit).withAttemptTimeout(Policy.FOREVER));
      kinds.forEach((label, kind) -> check(server, domains, label, kind));
    }
  }

  private void check(String server, Domains domains, String label, OddZone.Kind kind) {
    long start = System.nanoTime();
    List<Outcome<String, Answer>> wrong =
        domains
            .probeAll(Flowable.fromIterable(kind.names()))
            .filter(outcome -> !kind.isRight(outcome))
            .toList()
            .blockingGet();
    double seconds = (System.nanoTime() - start) / 1e9;
    long unknown =
        wrong.stream().filter(outcome -> SluiceProbes.verdict(outcome) == Verdict.FAILED).count();
    allWrong += wrong.size();
    out.printf(
        ROW,
        server,
        label,
        kind.names().size() - wrong.size(),
        wrong.size() - unknown,
        unknown,
        String.format(Locale.ROOT, "%.2f", seconds));
    wrong.stream()
        .limit(3)
        .forEach(outcome -> out.println("  not " + kind.verdict() + ": " + outcome));
  }
}
