package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.Answer;
import java.util.stream.Stream;

/** The result of a probe. */
public enum ProbeVerdict {
  FOUND('+', "found"),
  NO_ADDRESS('~', "no address"),
  NO_RECORD('~', "no record"),
  NOT_FOUND(' ', "not found"),
  REGISTERED('+', "registered"),
  NOT_REGISTERED(' ', "not registered"),
  UNKNOWN('?', "unknown");

  private final char mark;
  private final String words;

  ProbeVerdict(char mark, String words) {
    this.mark = mark;
    this.words = words;
  }

  /** The verdict on the outcome of a DNS probe. */
  public static ProbeVerdict of(Outcome<String, Answer> outcome) {
    return outcome.fold(
        success -> success.value().addresses().isEmpty() ? NO_ADDRESS : FOUND,
        absent -> NOT_FOUND,
        failure -> UNKNOWN);
  }

  /**
   * The verdict with these words.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ProbeVerdict named(String words) {
    return Stream.of(values())
        .filter(verdict -> verdict.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + words + "' is not a verdict"));
  }

  public char mark() {
    return mark;
  }

  public String words() {
    return words;
  }
}
