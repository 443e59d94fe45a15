package dev.sluice.samples.titles;

import dev.sluice.samples.Terminal;
import java.util.Locale;

/** The colours of a terminal. */
enum TerminalColor {
  YELLOW(33),
  CYAN(36),
  GREEN(32),
  RED(31);

  private final int code;

  TerminalColor(int code) {
    this.code = code;
  }

  String on(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** When colours are used. */
  enum When {
    AUTO,
    ALWAYS,
    NEVER;

    static When parse(String text) {
      for (When when : values()) {
        if (when.name().equals(text.toUpperCase(Locale.ROOT))) {
          return when;
        }
      }
      throw new IllegalArgumentException("'" + text + "': allowed are auto, always and never");
    }

    /** On a terminal that knows colours, unless NO_COLOR is set (https://no-color.org). */
    boolean now() {
      return this == ALWAYS
          || (this == AUTO
              && Terminal.isShown()
              && !Terminal.isDumb()
              && System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
    }
  }
}
