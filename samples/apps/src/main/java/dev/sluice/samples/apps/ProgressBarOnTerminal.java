package dev.sluice.samples.apps;

import dev.sluice.Outcome;
import dev.sluice.samples.Terminal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left, drawn again and again on the last line of the terminal. */
final class ProgressBarOnTerminal implements Progress {
  private static final int INTERVAL_MILLIS = 100;

  private final ProgressBar bar;

  ProgressBarOnTerminal(String things, int all) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(things)
            .setInitialMax(all)
            .setUnit("", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            .setConsumer(new LastLine())
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .build();
  }

  @Override
  public void show(Outcome<?, ?> outcome) {
    bar.step();
  }

  @Override
  public void note(String text) {
    bar.setExtraMessage(text);
  }

  @Override
  public boolean isBar() {
    return true;
  }

  @Override
  public void close() {
    bar.close();
  }

  /**
   * Draws on standard error. The library's own consumers open the terminal through JLine, which
   * takes over SIGINT: Ctrl-C would kill the process before its files are cleaned up.
   */
  private static final class LastLine implements ProgressBarConsumer {
    private int columns;

    @Override
    public int getMaxRenderedLength() {
      if (columns == 0) {
        columns = Terminal.columns();
      }
      // A character in the last column would make some terminals start a new line.
      return columns - 1;
    }

    @Override
    public void accept(String rendered) {
      System.err.print("\r" + rendered);
      System.err.flush();
    }

    @Override
    public void close() {
      System.err.println();
      System.err.flush();
    }
  }
}
