package dev.sluice.samples.apps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.TerminalText;
import dev.sluice.journal.Journal;
import dev.sluice.journal.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** A report as one page of HTML that needs no other file: the figures, and a picture of the run. */
public final class RunPage {
  private static final int LEFT = 260;
  private static final int COLUMN = 3;
  private static final int BAND = 30;
  private static final int ROW = 2 * BAND + 10;
  private static final int HEIGHT = 26;
  private static final int TICKS = 6;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>TITLE</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2em; max-width: 1240px; color: #222; }
      h1 { font-size: 1.3em; }
      .bottleneck { font-size: 1.15em; padding: .6em 1em; background: #fff4d6; border-left: 4px solid #e0a000; }
      pre { background: #f6f6f6; padding: 1em; white-space: pre-wrap; }
      svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
      .waiting { fill: #f2c14e; } .flight { fill: #2a7de1; } .disk { fill: #3a9d5d; }
      .legend span { display: inline-block; width: 1em; height: 1em; vertical-align: -2px; margin: 0 .4em 0 1.2em; }
      @media (prefers-color-scheme: dark) {
        body { background: #1b1b1b; color: #ddd; } pre { background: #262626; }
        .bottleneck { background: #3b3012; } svg text { fill: #ddd; }
      }
      </style>
      </head>
      <body>
      <h1>TITLE</h1>
      """;

  private static final String LEGEND =
      """
      <p class="legend"><span style="background:#2a7de1"></span>in flight\
      <span style="background:#3a9d5d"></span>after the attempts\
      <span style="background:#f2c14e"></span>waiting</p>
      """;

  /** What is said of a file that no page replaces. */
  public static final String FOREIGN = " is there already, and is no page of a report";

  private static final String TITLE = "Report of ";

  /** How each page begins. */
  private static final byte[] START =
      (HEAD.substring(0, HEAD.indexOf("TITLE")) + TITLE).getBytes(UTF_8);

  private RunPage() {}

  /** {@return whether this is a file with content that is no page of a report} */
  public static boolean isForeign(Path page) throws IOException {
    if (!Files.isRegularFile(page)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(page)) {
      byte[] start = in.readNBytes(START.length);
      return start.length > 0 && !Arrays.equals(start, START);
    }
  }

  /**
   * Writes the page. Replaces an earlier page, and no other file: the name may be that of the
   * journal, of the list of URLs or of a downloaded file.
   *
   * @param of what the page is a report of
   * @param report of the entries of the journal
   */
  public static void write(Path page, String of, RunReport report, Path journal)
      throws IOException {
    if (isForeign(page)) {
      throw new IOException("the page " + page + FOREIGN);
    }
    LanePicture picture = new LanePicture(report);
    Blocking.end(Journal.read(journal).doOnNext(picture::add).ignoreElements());
    Files.writeString(page, text(TITLE + of, report, picture));
  }

  private static String text(String title, RunReport report, LanePicture picture) {
    StringWriter figures = new StringWriter();
    RunReportText.print(report, new PrintWriter(figures, true));
    StringBuilder page = new StringBuilder();
    page.append(HEAD.replace("TITLE", html(title)));
    if (!report.bottleneck().isEmpty()) {
      page.append("<p class=\"bottleneck\">" + html(report.bottleneck()) + ".</p>\n");
    }
    if (!picture.rows().isEmpty()) {
      page.append(LEGEND);
      appendPicture(page, picture);
    }
    page.append("<pre>" + html(figures.toString()) + "</pre>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void appendPicture(StringBuilder page, LanePicture picture) {
    int width = LEFT + COLUMN * LanePicture.COLUMNS + 110;
    int height = ROW * picture.rows().size() + 30;
    page.append("<svg viewBox=\"0 0 " + width + " " + height + "\" role=\"img\"");
    page.append(" aria-label=\"Lanes over time\">\n");
    int top = 0;
    for (Map.Entry<String, double[][]> row : picture.rows().entrySet()) {
      appendRow(page, row.getKey(), row.getValue(), top);
      top += ROW;
    }
    appendAxis(page, picture.length(), top);
    page.append("</svg>\n");
  }

  /** Two bands with scales of their own: often a few keys are in flight and very many wait. */
  private static void appendRow(StringBuilder page, String lane, double[][] parts, int top) {
    double busiest = most(parts[1], parts[2]);
    double longest = most(parts[0]);
    text(page, LEFT - 10, top + 22, "end", lane.isEmpty() ? "all" : TerminalText.line(lane, 34));
    double[] base = new double[LanePicture.COLUMNS];
    area(page, "flight", base, parts[1], busiest, top);
    area(page, "disk", base, parts[2], busiest, top);
    area(page, "waiting", new double[LanePicture.COLUMNS], parts[0], longest, top + BAND);
    int right = LEFT + COLUMN * LanePicture.COLUMNS + 6;
    text(page, right, top + 20, "start", "in flight: " + Math.round(most(parts[1])));
    text(page, right, top + BAND + 20, "start", "waiting: " + Math.round(longest));
  }

  private static double most(double[]... parts) {
    double most = 1e-9;
    for (int i = 0; i < LanePicture.COLUMNS; i++) {
      double sum = 0;
      for (double[] part : parts) {
        sum += part[i];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** Draws an area on top of the base, and adds it to the base. */
  private static void area(
      StringBuilder page, String style, double[] base, double[] counts, double most, int top) {
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      lower.insert(0, corners(i, base[i], most, top, false));
      base[i] += counts[i];
      upper.append(corners(i, base[i], most, top, true));
    }
    page.append("<polygon class=\"" + style + "\" points=\"" + upper + lower + "\"/>\n");
  }

  /** Both corners of a column at this height. */
  private static String corners(int column, double count, double most, int top, boolean forward) {
    double y = top + 4 + HEIGHT * (1 - count / most);
    int left = LEFT + COLUMN * column;
    int from = forward ? left : left + COLUMN;
    int to = forward ? left + COLUMN : left;
    return String.format(Locale.ROOT, "%d,%.1f %d,%.1f ", from, y, to, y);
  }

  private static void appendAxis(StringBuilder page, Duration length, int top) {
    for (int tick = 0; tick <= TICKS; tick++) {
      int x = LEFT + COLUMN * LanePicture.COLUMNS * tick / TICKS;
      Duration at = length.multipliedBy(tick).dividedBy(TICKS);
      text(page, x, top + 18, "middle", tick == 0 ? "0" : RunReportText.time(at));
    }
  }

  private static void text(StringBuilder page, int x, int y, String anchor, String text) {
    page.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">");
    page.append(html(text)).append("</text>\n");
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
