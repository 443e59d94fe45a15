package dev.sluice.samples.flags;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Tally;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.SavedFlag;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What is said before and after a run. */
final class Report {
  private static final int REASONS_SHOWN = 5;

  private final PrintWriter out;
  private final List<CountryCode> codes;
  private final long start = System.nanoTime();
  private final List<String> reasons = new ArrayList<>();
  private Tally tally = Tally.ZERO;

  Report(PrintWriter out, List<CountryCode> codes) {
    this.out = out;
    this.codes = codes;
  }

  void opening(Site site, URI base, int connections) {
    String which =
        codes.size() <= 10
            ? String.join(", ", codes.stream().map(CountryCode::value).toList())
            : "from " + codes.get(0) + " to " + codes.get(codes.size() - 1);
    out.printf("%s site: %s%n", site.label(), base);
    out.printf("Searching for %s: %s%n", count(codes.size(), "flag"), which);
    out.println(
        connections == 1
            ? "1 connection will be used."
            : connections + " concurrent connections will be used.");
    out.flush();
  }

  void count(Outcome<CountryCode, SavedFlag> outcome) {
    tally = tally.plus(outcome);
    if (outcome instanceof Failure<?, ?> failure && reasons.size() < REASONS_SHOWN) {
      reasons.add(failure.key() + " error: " + reason(failure));
    }
  }

  /** Why, without the code where it leads the message: the line starts with it anyway. */
  static String reason(Failure<?, ?> failure) {
    String message = String.valueOf(failure.cause().getMessage());
    String code = failure.key() + ": ";
    return message.startsWith(code) ? message.substring(code.length()) : message;
  }

  Tally tally() {
    return tally;
  }

  void closing(boolean withReasons) {
    long missing = codes.size() - tally.total();
    out.println("-".repeat(20));
    out.printf("%s downloaded.%n", count(tally.succeeded(), "flag"));
    say(tally.notFound(), "%d not found.%n");
    say(tally.failed(), tally.failed() == 1 ? "%d error.%n" : "%d errors.%n");
    if (withReasons) {
      reasons.forEach(reason -> out.println("  " + reason));
      say(tally.failed() - reasons.size(), "  and %d more, which -v shows.%n");
    }
    say(missing, "%d not finished: interrupted.%n");
    out.printf("Elapsed time: %.2fs%n", (System.nanoTime() - start) / 1e9);
    out.flush();
  }

  private void say(long count, String format) {
    if (count > 0) {
      out.printf(format, count);
    }
  }

  private static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
