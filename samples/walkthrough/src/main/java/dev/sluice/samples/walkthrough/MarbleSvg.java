package dev.sluice.samples.walkthrough;

import dev.sluice.samples.walkthrough.MarbleDiagram.End;
import dev.sluice.samples.walkthrough.MarbleDiagram.Row;
import dev.sluice.samples.walkthrough.MarbleDiagram.Span;
import java.util.List;
import java.util.Locale;

/**
 * Draws marble diagrams below each other as an SVG, which follows the reader's light or dark theme.
 */
final class MarbleSvg {
  private static final int ROW_HEIGHT = 22;
  private static final int MARGIN = 12;

  /** The width of a column, and of a character of the monospaced font. */
  private static final double COLUMN = 7.5;

  private static final String STYLE =
      """
      <style>
        svg { background: #ffffff; }
        text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; }
        .title { font-weight: bold; }
        .axis { fill: #59636e; }
        .grid { stroke: #d1d9e0; stroke-width: 1; }
        .line, .end { stroke: #0969da; stroke-width: 2; }
        .dot { fill: #0969da; }
        .point { fill: #8250df; }
        .fails { stroke: #cf222e; stroke-width: 2; }
        .cancelled { stroke: #9a6700; stroke-width: 2; }
        @media (prefers-color-scheme: dark) {
          svg { background: #0d1117; }
          text { fill: #f0f6fc; }
          .axis { fill: #9198a1; }
          .grid { stroke: #3d444d; }
          .line, .end { stroke: #4493f8; }
          .dot { fill: #4493f8; }
          .point { fill: #ab7df8; }
          .fails { stroke: #f85149; }
          .cancelled { stroke: #d29922; }
        }
      </style>
      """;

  private final StringBuilder body = new StringBuilder();
  private double width;
  private int y = MARGIN;

  private MarbleSvg() {}

  static String draw(String name, List<MarbleDiagram> diagrams) {
    MarbleSvg svg = new MarbleSvg();
    diagrams.forEach(svg::add);
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\""
                + " height=\"%d\" role=\"img\">\n<title>%s</title>\n",
            svg.width, svg.y, svg.width, svg.y, escape(name))
        + STYLE
        + svg.body
        + "</svg>\n";
  }

  private void add(MarbleDiagram diagram) {
    TimeAxis axis = TimeAxis.of(diagram.seconds());
    double left =
        MARGIN
            + COLUMN
                * (2 + diagram.rows().stream().mapToInt(r -> r.label().length()).max().orElse(0));
    if (!diagram.title().isEmpty()) {
      text("title", MARGIN, diagram.title());
      y += ROW_HEIGHT;
    }
    int bottom = y + ROW_HEIGHT * (diagram.rows().size() + 1);
    for (double tick : axis.ticks()) {
      double x = left + COLUMN * axis.perSecond() * tick;
      line("grid", x, y + ROW_HEIGHT, x, bottom);
      text("axis", x - COLUMN / 2, TimeAxis.text(tick) + (tick == 0 ? " s" : ""));
    }
    y += ROW_HEIGHT;
    for (Row row : diagram.rows()) {
      row(row, axis, left);
      y += ROW_HEIGHT;
    }
    y += MARGIN;
  }

  private void row(Row row, TimeAxis axis, double left) {
    double middle = y + ROW_HEIGHT / 2.0;
    if (!row.label().isEmpty()) {
      text("label", MARGIN, row.label());
    }
    for (Span span : row.spans()) {
      double from = left + COLUMN * axis.perSecond() * span.from();
      double to = left + COLUMN * axis.perSecond() * span.to();
      line("line", from, middle, to, middle);
      circle("dot", from, middle);
      end(span.end(), to, middle);
    }
    for (double point : row.points()) {
      circle("point", left + COLUMN * axis.perSecond() * point, middle);
    }
    if (!row.note().isEmpty()) {
      text("note", left + COLUMN * (axis.perSecond() * row.last() + 1.5), row.note());
    }
  }

  private void end(End end, double x, double middle) {
    switch (end) {
      case ENDS -> line("end", x, middle - 7, x, middle + 7);
      case CANCELLED -> line("cancelled", x - 5, middle + 7, x + 5, middle - 7);
      case FAILS -> {
        line("fails", x - 5, middle - 5, x + 5, middle + 5);
        line("fails", x - 5, middle + 5, x + 5, middle - 5);
      }
    }
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    body.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style, x1, y1, x2, y2));
  }

  private void circle(String style, double x, double middle) {
    body.append(
        format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>\n", style, x, middle));
  }

  private void text(String style, double x, String text) {
    width = Math.max(width, x + COLUMN * text.length() + MARGIN);
    body.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>\n",
            style, x, y + ROW_HEIGHT - 7, escape(text)));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
