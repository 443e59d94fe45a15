package dev.sluice.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A zone with N names, and N more names that it does not have. One name of a hundred has only an
 * AAAA record and one only text.
 */
record DnsZone(int existing) {
  static final String ORIGIN = "bench.test";

  private static final int CYCLE = 100;
  private static final int AAAA_ONLY = 98;
  private static final int TEXT_ONLY = 99;
  private static final long SEED = 2_308;

  /**
   * The names in an order that is the same for all programs. The first half of the numbers exist.
   */
  List<String> shuffledNames() {
    List<String> names = new ArrayList<>(2 * existing);
    for (int i = 0; i < existing; i++) {
      names.add(name(i));
      names.add(absent(i));
    }
    Collections.shuffle(names, new Random(SEED));
    return names;
  }

  static String name(int i) {
    return "n" + i + "." + ORIGIN;
  }

  static String absent(int i) {
    return "x" + i + "." + ORIGIN;
  }

  static boolean hasOnlyAaaa(String name) {
    return name.startsWith("n") && number(name) % CYCLE == AAAA_ONLY;
  }

  static boolean hasOnlyText(String name) {
    return name.startsWith("n") && number(name) % CYCLE == TEXT_ONLY;
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(1, name.indexOf('.')));
  }

  /** The right verdicts for a program that asks for A, and for AAAA if there is no A. */
  static VerdictTotals expected(List<String> names) {
    long absent = names.stream().filter(name -> name.startsWith("x")).count();
    long noData = names.stream().filter(DnsZone::hasOnlyText).count();
    return new VerdictTotals(names.size() - absent - noData, noData, absent, 0);
  }

  static long aaaaOnly(List<String> names) {
    return names.stream().filter(DnsZone::hasOnlyAaaa).count();
  }

  /** The zone in the format of RFC 1035, section 5. */
  Path writeTo(Path file) throws IOException {
    try (BufferedWriter zone = Files.newBufferedWriter(file)) {
      zone.write(head());
      for (int i = 0; i < existing; i++) {
        zone.write("n" + i + record(i) + "\n");
      }
    }
    return file;
  }

  static String head() {
    return """
        $ORIGIN %s.
        $TTL 3600
        @ SOA ns hostmaster 1 3600 600 86400 300
        @ NS ns
        ns A 127.0.0.1
        """
        .formatted(ORIGIN);
  }

  private static String record(int i) {
    return switch (i % CYCLE) {
      case AAAA_ONLY -> " AAAA 2001:db8::" + Integer.toHexString(i & 0xffff);
      case TEXT_ONLY -> " TXT \"no address\"";
      default -> " A 192.0.2." + i % 250;
    };
  }
}
