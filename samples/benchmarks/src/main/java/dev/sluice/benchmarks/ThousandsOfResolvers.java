package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.NotFound;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.NameServerStatistics;
import dev.sluice.dns.RecordType;
import dev.sluice.dns.UdpResolver;
import io.reactivex.rxjava3.core.Flowable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Names looked up at thousands of name servers, a part of which lie, refuse, are slow or silent:
 * {@code ThousandsOfResolvers [SERVERS [NAMES [BAD-PERCENT [TRUSTED [LOOPS]]]]]}. With 0 trusted
 * servers, all are believed.
 */
public final class ThousandsOfResolvers {
  private static final int AT_ONCE = 2_000;

  private final LongAdder right = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  private ThousandsOfResolvers() {}

  public static void main(String[] args) throws IOException {
    int servers = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int names = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    int bad = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    int trusted = args.length > 3 ? Integer.parseInt(args[3]) : 4;
    int loops = args.length > 4 ? Integer.parseInt(args[4]) : 1;
    int port = ServerProcess.freePort();
    Process process = start(servers, bad, trusted, port);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.readLine();
      DnsOptions options =
          DnsOptions.standard()
              .withServers(
                  IntStream.range(0, servers).mapToObj(i -> LyingServers.address(i, port)).toList())
              .withLoops(loops)
              .withTypes(List.of(RecordType.A))
              .withTimeout(Duration.ofMillis(LyingServers.TIMEOUT_MILLIS))
              .withTrusted(
                  IntStream.range(0, trusted)
                      .mapToObj(i -> LyingServers.address(servers + i, port))
                      .toList());
      new ThousandsOfResolvers().measure(options, names, bad);
    } finally {
      process.destroy();
    }
    System.exit(0);
  }

  private static Process start(int servers, int bad, int trusted, int port) throws IOException {
    return new ProcessBuilder(
            InstalledPrograms.java().toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LyingServers.class.getName(),
            Integer.toString(servers),
            Integer.toString(bad),
            Integer.toString(trusted),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void measure(DnsOptions options, int names, int bad) {
    Policy policy = Policy.limit(AT_ONCE).withAttemptTimeout(Policy.FOREVER);
    long start = System.nanoTime();
    try (UdpResolver resolver = UdpResolver.of(options)) {
      Domains.of(resolver, policy)
          .probeAll(Flowable.range(0, names).map(LyingServers::name))
          .blockingForEach(this::count);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d servers, %d %% bad, %d trusted, %d loops; %,d names: %.4f %% right, %d wrong, %d unknown;"
              + " %.3f questions a name; %.1f s%n",
          options.servers().size(),
          bad,
          options.trusted().size(),
          options.loops(),
          names,
          100.0 * right.sum() / names,
          wrong.sum(),
          unknown.sum(),
          (double) sum(resolver, NameServerStatistics::asked) / names,
          seconds);
      System.out.printf(
          "answered %,d, refused %,d, failed %,d, late %,d, lost %,d, liars dropped %,d;"
              + " the trusted servers were asked %,d%n",
          sum(resolver, NameServerStatistics::answered),
          sum(resolver, NameServerStatistics::refused),
          sum(resolver, NameServerStatistics::failed),
          sum(resolver, NameServerStatistics::late),
          sum(resolver, NameServerStatistics::lost),
          sum(resolver, NameServerStatistics::lied),
          resolver.statistics().stream()
              .skip(options.servers().size())
              .mapToLong(NameServerStatistics::asked)
              .sum());
    }
  }

  private static long sum(UdpResolver resolver, ToLongFunction<NameServerStatistics> count) {
    return resolver.statistics().stream().mapToLong(count).sum();
  }

  private void count(Outcome<String, Answer> outcome) {
    if (outcome instanceof Failure) {
      unknown.increment();
    } else if (isRight(outcome)) {
      right.increment();
    } else {
      wrong.increment();
    }
  }

  private static boolean isRight(Outcome<String, Answer> outcome) {
    if (!LyingServers.exists(outcome.key())) {
      return outcome instanceof NotFound;
    }
    return outcome instanceof Success<String, Answer> success
        && success.value().addresses().size() == 1
        && ByteBuffer.wrap(success.value().addresses().get(0).getAddress()).getInt()
            == LyingServers.address(outcome.key());
  }
}
