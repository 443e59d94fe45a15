package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.benchmarks.VerdictCounter.Verdict;
import dev.sluice.dns.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plain names of a zone, and names of each kind that is answered differently. */
record OddZone(DnsZone plain) {
  private static final int EACH = 200;
  private static final int LARGE_SET = 100;

  /** Names whose answers need TCP. */
  static final String TRUNCATED = "TC, then TCP";

  /**
   * Names that must all get the same verdict.
   *
   * @param addresses the number that each must have; 0 for any
   */
  record Kind(List<String> names, Verdict verdict, int addresses) {
    boolean isRight(Outcome<String, Answer> outcome) {
      return SluiceProbes.verdict(outcome) == verdict
          && (addresses == 0 || addressesOf(outcome) == addresses);
    }

    private static long addressesOf(Outcome<String, Answer> outcome) {
      return outcome.fold(
          success -> success.value().addresses().stream().distinct().count(),
          absent -> 0L,
          failure -> 0L);
    }
  }

  Path writeTo(Path file) throws IOException {
    plain.writeTo(file);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      lines.add("six" + i + " AAAA 2001:db8::" + Integer.toHexString(i));
      lines.add("chain" + i + " CNAME middle" + i);
      lines.add("middle" + i + " CNAME last" + i);
      lines.add("last" + i + " CNAME n0");
      lines.add("dangling" + i + " CNAME nowhere" + i);
      lines.add("text" + i + " CNAME n99");
      lines.add("v6chain" + i + " CNAME six" + i);
      lines.add("t" + i + ".target A 192.0.2.7");
    }
    lines.add("alias DNAME target");
    lines.add("*.wild A 192.0.2.8");
    for (int i = 0; i < 2 * LARGE_SET; i++) {
      lines.add("large" + i / LARGE_SET + " A 198.51.100." + (1 + i % LARGE_SET));
    }
    Files.write(file, lines, StandardOpenOption.APPEND);
    return file;
  }

  Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<String> names = plain.shuffledNames();
    kinds.put("A or AAAA", kind(names, Verdict.FOUND));
    kinds.put("text alone", kind(names, Verdict.NO_DATA));
    kinds.put("not existing", kind(names, Verdict.NOT_FOUND));
    kinds.put("AAAA alone", kind("six%d", Verdict.FOUND));
    kinds.put(TRUNCATED, new Kind(named("large%d", 2), Verdict.FOUND, LARGE_SET));
    kinds.put("CNAME chain", kind("chain%d", Verdict.FOUND));
    kinds.put("CNAME to AAAA", kind("v6chain%d", Verdict.FOUND));
    kinds.put("CNAME to nothing", kind("dangling%d", Verdict.NOT_FOUND));
    kinds.put("CNAME to text", kind("text%d", Verdict.NO_DATA));
    kinds.put("DNAME", kind("t%d.alias", Verdict.FOUND));
    kinds.put("DNAME to nothing", kind("u%d.alias", Verdict.NOT_FOUND));
    kinds.put("wildcard", kind("any%d.wild", Verdict.FOUND));
    return kinds;
  }

  /** RFC 1035 of a plain name: the verdict follows from its number. */
  private static Kind kind(List<String> names, Verdict verdict) {
    return new Kind(
        names.stream().filter(name -> plainVerdict(name) == verdict).toList(), verdict, 0);
  }

  private static Verdict plainVerdict(String name) {
    if (name.startsWith("x")) {
      return Verdict.NOT_FOUND;
    }
    return DnsZone.hasOnlyText(name) ? Verdict.NO_DATA : Verdict.FOUND;
  }

  private static Kind kind(String pattern, Verdict verdict) {
    return new Kind(named(pattern, EACH), verdict, 0);
  }

  private static List<String> named(String pattern, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.formatted(i) + "." + DnsZone.ORIGIN)
        .toList();
  }
}
