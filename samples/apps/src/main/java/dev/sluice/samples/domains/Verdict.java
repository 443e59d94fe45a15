package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.Answer;
import java.util.stream.Stream;

/** What is known of a name in the end. */
public enum Verdict {
  FOUND('+', "found"),
  NO_ADDRESS('~', "no address"),
  NOT_FOUND(' ', "not found"),
  REGISTERED('+', "registered"),
  NOT_REGISTERED(' ', "not registered"),
  UNKNOWN('?', "unknown");

  private final char mark;
  private final String words;

  Verdict(char mark, String words) {
    this.mark = mark;
    this.words = words;
  }

  /** That of a name server. */
  public static Verdict of(Outcome<String, Answer> outcome) {
    return outcome.fold(
        success -> success.value().addresses().isEmpty() ? NO_ADDRESS : FOUND,
        absent -> NOT_FOUND,
        failure -> UNKNOWN);
  }

  /** The one that is called so. */
  public static Verdict named(String words) {
    return Stream.of(values())
        .filter(verdict -> verdict.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + words + "' is no verdict"));
  }

  /** Why it is unknown, without the name where it leads the message: the line starts with it. */
  public static String reason(Failure<?, ?> failure) {
    String message = String.valueOf(failure.cause().getMessage());
    String name = failure.key() + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  public char mark() {
    return mark;
  }

  public String words() {
    return words;
  }
}
