package dev.sluice.samples.walkthrough;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the same work takes in several ways. The first way is what others are compared with. */
final class PrimesTimes {
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final SampleContext context;

  PrimesTimes(SampleContext context) {
    this.context = context;
  }

  void measure(String way, Flowable<CheckedNumber> checks) {
    var elapsed = context.stopwatch();
    checks.ignoreElements().blockingAwait();
    seconds.computeIfAbsent(way, name -> new ArrayList<>()).add(elapsed.seconds());
  }

  /** Prints the medians. */
  void print() {
    double first = median(seconds.values().iterator().next());
    seconds.forEach((way, times) -> context.print(line(way, median(times), first)));
  }

  /** Such as {@code parallel(2): 1.50 s, 1.9 times as fast}. */
  static String line(String way, double time, double first) {
    return String.format(Locale.ROOT, "%s: %.2f s, %.1f times as fast", way, time, first / time);
  }

  static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  /** The same work in Python, which prints the same lines; nothing where there is no Python. */
  static void ofPython(List<Long> numbers, int workers, int rounds, SampleContext context)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-"));
    command.addAll(List.of(String.valueOf(workers), String.valueOf(rounds)));
    numbers.forEach(number -> command.add(number.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      context.print("Python is left out: " + e.getMessage());
      return;
    }
    try (InputStream script = PrimesTimes.class.getResourceAsStream("primes.py");
        var in = process.getOutputStream()) {
      script.transferTo(in);
    }
    try (var out = process.inputReader(UTF_8)) {
      out.lines().forEach(context::print);
    }
  }
}
