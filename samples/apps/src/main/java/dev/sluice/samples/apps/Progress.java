package dev.sluice.samples.apps;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Terminal;
import java.io.PrintWriter;

/** Shows how far a run is. Each outcome is passed to it once, on the thread of the run. */
public interface Progress extends AutoCloseable {
  /** Shows nothing. */
  Progress NONE = outcome -> {};

  /** Shows nothing, beside a line that another class draws again and again. */
  Progress ELSEWHERE =
      new Progress() {
        @Override
        public void show(Outcome<?, ?> outcome) {}

        @Override
        public boolean isBar() {
          return true;
        }
      };

  void show(Outcome<?, ?> outcome);

  /** Ends the display: what is printed next starts on a new line. */
  @Override
  default void close() {}

  /** Shows a text beside a bar; nothing if there is no bar. Any thread may call this. */
  default void note(String text) {}

  /** Whether the cursor of the terminal stays on a line that is drawn again and again. */
  default boolean isBar() {
    return false;
  }

  /** This progress and another, which is closed after this. */
  default Progress and(Progress other) {
    return new Progress() {
      @Override
      public void show(Outcome<?, ?> outcome) {
        Progress.this.show(outcome);
        other.show(outcome);
      }

      @Override
      public void note(String text) {
        Progress.this.note(text);
        other.note(text);
      }

      @Override
      public boolean isBar() {
        return Progress.this.isBar() || other.isBar();
      }

      @Override
      public void close() {
        Progress.this.close();
        other.close();
      }
    };
  }

  /** A bar if standard error is a terminal, else at most ten lines on it. */
  static Progress of(String things, int all, PrintWriter err) {
    return Terminal.isWatching() ? new ProgressBarOnTerminal(things, all) : milestones(all, err);
  }

  /** A bar if standard error is a terminal, else the key of each success on standard output. */
  static Progress orKeys(String things, int all, PrintWriter out) {
    return Terminal.isWatching() ? new ProgressBarOnTerminal(things, all) : keys(out);
  }

  /**
   * The same as {@link #of} for a command that prints lines on standard output. Nothing if both are
   * a terminal, because the lines would break the bar.
   */
  static Progress besideLines(String things, int all, PrintWriter err) {
    return Terminal.isWatching() && Terminal.isShown() ? NONE : of(things, all, err);
  }

  /** A line for each key. */
  static Progress lines(PrintWriter out) {
    return outcome -> {
      String result =
          outcome.fold(
              saved -> "OK", absent -> "not found", failure -> "error: " + ErrorText.of(failure));
      out.println(outcome.key() + " " + result);
    };
  }

  /** The keys that succeeded, with blanks between them, as they come. */
  static Progress keys(PrintWriter out) {
    return new Progress() {
      private static final int KEYS_PER_LINE = 26;

      private int shown;

      @Override
      public void show(Outcome<?, ?> outcome) {
        if (outcome instanceof Success<?, ?>) {
          boolean startsLine = shown++ % KEYS_PER_LINE == 0;
          String separator = !startsLine ? " " : shown == 1 ? "" : System.lineSeparator();
          out.print(separator + outcome.key());
          out.flush();
        }
      }

      @Override
      public void close() {
        if (shown > 0) {
          out.println();
        }
      }
    };
  }

  /** At most ten lines in a run, one each tenth. */
  static Progress milestones(int all, PrintWriter out) {
    return new Milestones(all, out);
  }
}
