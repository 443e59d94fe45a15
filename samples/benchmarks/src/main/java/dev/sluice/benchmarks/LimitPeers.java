package dev.sluice.benchmarks;

import dev.sluice.samples.servers.flags.FlagFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Programs that keep to a rate, on a server that counts: {@code LimitPeers [PER_HOST]}, the number
 * of flags from each of 20 hosts (500). Each host allows 10 requests in a second and answers what
 * is more with 429 and Retry-After. Every program has up to five attempts for a flag.
 */
public final class LimitPeers {
  static final int PER_SECOND = 10;
  static final int AT_ONCE = 64;
  static final int TRIES = 5;

  private static final int HOSTS = 20;
  private static final int PER_HOST = 500;
  private static final String ROW = "| %-28s | %7s | %6s | %10s | %10s | %7s | %7s |%n";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final ScratchFolder scratch;
  private final int perHost;

  private LimitPeers(ScratchFolder scratch, int perHost) {
    this.scratch = scratch;
    this.perHost = perHost;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.open()) {
      new LimitPeers(scratch, args.length == 0 ? PER_HOST : Integer.parseInt(args[0])).run();
    }
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    out.printf(ROW, "program", "right", "429s", "most 429s", "most in", "seconds", "× ideal");
    out.printf(ROW, "", "", "", "a window", "a second", "", "");
    out.printf(ROW, "---", "--:", "--:", "--:", "--:", "--:", "--:");
    measure("Sluice, lanes", new LaneDownloads());
    measure("sluice sitecheck --rate", new SitecheckDownloads(scratch));
    measure("Failsafe by hand", new FailsafeDownloads());
    measureProgram("curl", "curl -Z --rate", CommandDownloads::curl);
    measureProgram("aria2c", "aria2c", CommandDownloads::aria2);
  }

  private void measureProgram(String program, String name, Maker maker)
      throws IOException, InterruptedException {
    if (InstalledPrograms.find(program).isPresent()) {
      measure(name, maker.in(scratch));
    } else {
      out.println(name + " is left out: not installed");
    }
  }

  private void measure(String name, LimitedDownloads downloads)
      throws IOException, InterruptedException {
    try (CountingFlagServer server =
        CountingFlagServer.start(scratch, "--quota=" + PER_SECOND + "/1s", "--quota-fields=none")) {
      List<URI> flags = flags(server.port());
      long start = System.nanoTime();
      int right = downloads.right(flags);
      double seconds = (System.nanoTime() - start) / 1e9;
      CountingFlagServer.Counts counts = server.counts();
      out.printf(
          ROW,
          name,
          right,
          counts.refused(),
          counts.mostRefusedInAWindow(),
          counts.mostInOneSecondAtAHost(),
          String.format(Locale.ROOT, "%.1f", seconds),
          String.format(Locale.ROOT, "%.2f", seconds / ideal()));
    }
  }

  /** The first request of a host at once, the others at their rate. */
  private double ideal() {
    return (perHost - 1.0) / PER_SECOND;
  }

  /**
   * The hosts in turn, so that a program without lanes has no disadvantage. There are fewer flags
   * than requests, so a number makes each URL another.
   */
  private List<URI> flags(int port) {
    List<String> codes = FlagFiles.codes();
    List<URI> flags = new ArrayList<>();
    for (int i = 0; i < perHost; i++) {
      String code = codes.get(i % codes.size());
      for (int host = 1; host <= HOSTS; host++) {
        flags.add(
            URI.create(
                "http://127.0.0.%d:%d/flags/%s/%s.gif?%d".formatted(host, port, code, code, i)));
      }
    }
    return flags;
  }

  private interface Maker {
    LimitedDownloads in(ScratchFolder scratch);
  }
}
