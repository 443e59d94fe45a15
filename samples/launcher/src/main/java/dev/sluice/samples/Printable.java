package dev.sluice.samples;

/** Text of others for a terminal, which must not be steered by it. */
public final class Printable {
  private Printable() {}

  /** On one line, with a question mark for whatever does not show. */
  public static String line(String text) {
    return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
