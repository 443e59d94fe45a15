package dev.sluice.samples.walkthrough;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A marble diagram: a row for each work, from its start to its end, and a row for each line that
 * was printed. It is made from the trace of a run, so it shows what really happened.
 */
record MarbleDiagram(String title, List<Row> rows) {
  /** A line of a trace that begins a diagram whose time starts at 0. */
  static final String TITLE = "-- ";

  private static final int LONGEST_LINE = 90;

  private static final Pattern AFTER_TITLE = Pattern.compile("(?::| ) *(.*)");
  private static final Pattern OWN_TIME = Pattern.compile("^\\d+\\.\\d ");
  private static final Pattern START = Pattern.compile("(.+) starts\\b.*");
  private static final Pattern END = Pattern.compile("(.+) (ends|fails|cancelled)\\b.*");

  /** How the time between two points ended. */
  enum End {
    ENDS,
    FAILS,
    CANCELLED
  }

  /** Work that ran from one second to another. */
  record Span(double from, double to, End end) {}

  /**
   * The work of that name, or a printed line with the times at which it was printed.
   *
   * @param label the name of the work; empty for a printed line
   * @param text the printed line; empty for work
   */
  record Row(String label, List<Span> spans, List<Double> points, String text) {
    double last() {
      return Math.max(
          spans.stream().mapToDouble(Span::to).max().orElse(0),
          points.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    /** What stands behind the row: the printed line, or how the work ended unless it succeeded. */
    String note() {
      End end = spans.isEmpty() ? End.ENDS : spans.get(spans.size() - 1).end();
      return switch (end) {
        case ENDS ->
            points.size() > 1 && points.get(0).equals(points.get(points.size() - 1))
                ? text + " (" + points.size() + " times)"
                : text;
        case FAILS -> "fails";
        case CANCELLED -> "cancelled";
      };
    }
  }

  /** The diagrams of a run: one for each title in its trace. */
  static List<MarbleDiagram> of(List<TraceEvent> trace) {
    List<MarbleDiagram> diagrams = new ArrayList<>();
    Builder current = new Builder("", 0);
    for (TraceEvent event : trace) {
      if (event.text().startsWith(TITLE)) {
        current.addTo(diagrams);
        current = new Builder(event.text().substring(TITLE.length()), event.seconds());
      } else {
        current.add(event.seconds(), OWN_TIME.matcher(event.text()).replaceFirst(""));
      }
    }
    current.addTo(diagrams);
    return diagrams;
  }

  /** The time of the last event, in seconds. */
  double seconds() {
    return rows.stream().mapToDouble(Row::last).max().orElse(0);
  }

  private static final class Builder {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Double> running = new LinkedHashMap<>();
    private final String title;
    private final double start;

    Builder(String title, double start) {
      this.title = title;
      this.start = start;
    }

    void add(double time, String text) {
      double seconds = time - start;
      Matcher begin = START.matcher(text);
      Matcher end = END.matcher(text);
      if (begin.matches()) {
        running.put(begin.group(1), seconds);
        work(begin.group(1));
      } else if (end.matches() && running.containsKey(end.group(1))) {
        double from = running.remove(end.group(1));
        work(end.group(1)).spans().add(new Span(from, seconds, End.valueOf(upper(end.group(2)))));
      } else {
        String line = shortLine(text);
        rows.computeIfAbsent("* " + line, key -> row("", line)).points().add(seconds);
      }
    }

    /** Without the title, which some samples print again, and cut after 90 characters. */
    private String shortLine(String text) {
      String rest = text.startsWith(title) ? text.substring(title.length()) : "";
      Matcher afterTitle = AFTER_TITLE.matcher(rest);
      String line = (afterTitle.matches() ? afterTitle.group(1) : text).replaceAll(" +", " ");
      return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
    }

    void addTo(List<MarbleDiagram> diagrams) {
      if (!rows.isEmpty()) {
        diagrams.add(new MarbleDiagram(title, List.copyOf(rows.values())));
      }
    }

    private Row work(String name) {
      return rows.computeIfAbsent(name, key -> row(name, ""));
    }

    private static Row row(String label, String text) {
      return new Row(label, new ArrayList<>(), new ArrayList<>(), text);
    }

    private static String upper(String end) {
      return end.toUpperCase(Locale.ROOT);
    }
  }
}
