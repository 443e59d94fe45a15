package dev.sluice.samples.apps;

import dev.sluice.Phase;
import dev.sluice.TerminalText;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalError;
import dev.sluice.journal.LaneTimes;
import dev.sluice.journal.RunReport;
import dev.sluice.journal.TimeSpread;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report of a run as lines for people. */
public final class RunReportText {
  private static final int ERRORS_SHOWN = 5;
  private static final int LANES_SHOWN = 5;
  private static final int LONGEST_NAME = 40;

  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private RunReportText() {}

  /** Prints the counts, the times of the phases, the lanes with the most time, and a sentence. */
  public static void print(RunReport report, PrintWriter to) {
    to.println(summary(report));
    report.errors().entrySet().stream()
        .limit(ERRORS_SHOWN)
        .forEach(each -> to.println("  " + each.getValue() + " × " + name(each.getKey())));
    if (report.outcomes() > 0) {
      printPhases(report, to);
      printLanes(report, to);
    }
    for (JournalEntry late : report.lateErrors()) {
      JournalError error = late.error();
      String what = error == null ? "" : error.kind() + ": " + error.message();
      to.println(TerminalText.line("too late: " + late.key() + ": " + what));
    }
    if (!report.bottleneck().isEmpty()) {
      to.println(report.bottleneck() + ".");
    }
    to.flush();
  }

  /** The counts, bytes and rates on one line. */
  public static String summary(RunReport report) {
    if (report.outcomes() == 0) {
      return "no outcome";
    }
    StringBuilder line = new StringBuilder();
    report.counts().forEach((verdict, count) -> line.append(count + " " + verdict.text() + ", "));
    return line
        + bytes(report.bytes())
        + " in "
        + time(report.elapsed())
        + String.format(Locale.ROOT, ": %.1f/s, ", report.outcomesPerSecond())
        + bytes(Math.round(report.bytesPerSecond()))
        + "/s, at most "
        + report.peakInFlight()
        + " in flight";
  }

  private static void printPhases(RunReport report, PrintWriter to) {
    to.println("phase       keys      p50      p95      p99     total  share");
    report
        .phases()
        .forEach(
            (phase, times) ->
                to.println(row(phaseName(phase), times, percent(report.share(phase)))));
    to.println(row("key", report.took(), share(report.total(), report.total())));
  }

  private static String row(String name, TimeSpread times, String share) {
    return String.format(
        Locale.ROOT,
        "%-10s %5d %8s %8s %8s %9s %5s",
        name,
        times.count(),
        time(times.p50()),
        time(times.p95()),
        time(times.p99()),
        time(times.total()),
        share);
  }

  private static void printLanes(RunReport report, PrintWriter to) {
    List<LaneTimes> lanes = report.lanes();
    if (lanes.size() == 1 && lanes.get(0).lane().isEmpty()) {
      return;
    }
    to.println("lane, by time                              keys  failed     total  share");
    for (LaneTimes lane : lanes.subList(0, Math.min(LANES_SHOWN, lanes.size()))) {
      to.println(
          String.format(
              Locale.ROOT,
              "%-40s %6d %7d %9s %5s",
              name(lane.lane()),
              lane.outcomes(),
              lane.failures(),
              time(lane.total()),
              share(lane.total(), report.total())));
    }
    if (lanes.size() > LANES_SHOWN) {
      to.println("and " + (lanes.size() - LANES_SHOWN) + " more");
    }
  }

  /** The name of a phase, such as {@code first byte}. */
  static String phaseName(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String name(String text) {
    return TerminalText.line(text, LONGEST_NAME);
  }

  private static String share(Duration part, Duration all) {
    return all.isZero() ? "-" : percent(millis(part) / millis(all));
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  /** A time with three digits: {@code 82.4ms}, {@code 1.25s}, {@code 12m05s}. */
  public static String time(Duration time) {
    double millis = millis(time);
    if (millis < 999.5) {
      return digits(millis) + "ms";
    }
    double seconds = millis / 1e3;
    if (seconds < 99.95) {
      return digits(seconds) + "s";
    }
    long whole = Math.round(seconds);
    return whole < 3_600
        ? String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%dh%02dm", whole / 3_600, whole % 3_600 / 60);
  }

  /** Also of times that a {@code long} has no nanoseconds for. */
  private static double millis(Duration time) {
    return time.getSeconds() * 1e3 + time.getNano() / 1e6;
  }

  /** A number of bytes with three digits: {@code 10.2 kB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.size() - 1) {
      value /= 1_000;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : digits(value)) + " " + UNITS.get(unit);
  }

  private static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
