package dev.sluice.samples.walkthrough;

import dev.sluice.samples.walkthrough.MarbleDiagram.End;
import dev.sluice.samples.walkthrough.MarbleDiagram.Row;
import dev.sluice.samples.walkthrough.MarbleDiagram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a marble diagram for the terminal. {@code o} is a start, {@code |} an end, {@code X} a
 * failure, {@code !} a cancellation and {@code *} a printed line.
 */
final class MarbleText {
  private final MarbleDiagram diagram;
  private final TimeAxis axis;
  private final int labelWidth;

  private MarbleText(MarbleDiagram diagram) {
    this.diagram = diagram;
    axis = TimeAxis.of(diagram.seconds());
    labelWidth = diagram.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0) + 2;
  }

  static List<String> draw(MarbleDiagram diagram) {
    return new MarbleText(diagram).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!diagram.title().isEmpty()) {
      lines.add(diagram.title());
    }
    lines.add((" ".repeat(labelWidth) + ticks()).stripTrailing());
    diagram.rows().forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String ticks() {
    StringBuilder line = new StringBuilder();
    for (double tick : axis.ticks()) {
      line.append(" ".repeat(Math.max(0, axis.column(tick) - line.length())));
      line.append(TimeAxis.text(tick));
    }
    return line + " s";
  }

  private String line(Row row) {
    StringBuilder marks = new StringBuilder(" ".repeat(axis.column(row.last()) + 1));
    row.spans().forEach(span -> draw(span, marks));
    row.points().forEach(point -> marks.setCharAt(axis.column(point), '*'));
    String label = row.label() + " ".repeat(labelWidth - row.label().length());
    return (label + marks + " " + row.note()).stripTrailing();
  }

  private void draw(Span span, StringBuilder marks) {
    int from = axis.column(span.from());
    int to = axis.column(span.to());
    for (int column = from; column < to; column++) {
      marks.setCharAt(column, column == from ? 'o' : '-');
    }
    marks.setCharAt(to, mark(span.end()));
  }

  private static char mark(End end) {
    return switch (end) {
      case ENDS -> '|';
      case FAILS -> 'X';
      case CANCELLED -> '!';
    };
  }
}
