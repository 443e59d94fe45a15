package dev.sluice.samples.ledger;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.domains.Escapes;
import dev.sluice.samples.domains.Verdict;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What became of one name at one time.
 *
 * @param name in the form of the wire, or as it was typed where it is no name
 * @param verdict what is known
 * @param addresses of a name that was found
 * @param seen when the outcome came, to the microsecond
 * @param attempts how many it took
 * @param reason why nobody could say, or nothing
 */
public record LedgerEntry(
    String name,
    Verdict verdict,
    List<String> addresses,
    Instant seen,
    int attempts,
    String reason) {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_REASON = 1_000;

  public LedgerEntry {
    addresses = List.copyOf(addresses);
    seen = seen.truncatedTo(ChronoUnit.MICROS);
  }

  static LedgerEntry of(Outcome<String, Answer> outcome, Instant seen, int attempts) {
    return new LedgerEntry(
        storedName(outcome.key()),
        Verdict.of(outcome),
        outcome.fold(found -> addresses(found.value()), absent -> List.of(), failure -> List.of()),
        seen,
        attempts,
        outcome instanceof Failure<?, ?> failure
            ? shown(ErrorText.of(failure), LONGEST_REASON)
            : "");
  }

  private static List<String> addresses(Answer answer) {
    return answer.addresses().stream().map(InetAddress::getHostAddress).sorted().toList();
  }

  /** One name has one spelling here; what is no name at all is kept as far as it can be shown. */
  static String storedName(String typed) {
    try {
      return DomainName.of(typed).value();
    } catch (IllegalArgumentException e) {
      return shown(typed, LONGEST_NAME);
    }
  }

  private static String shown(String text, int longest) {
    StringBuilder line = new StringBuilder();
    Escapes.line(line, text);
    // A pair of surrogates that the end would cut in two goes as a whole.
    int end = Math.min(line.length(), longest);
    boolean cutsPair = end < line.length() && Character.isLowSurrogate(line.charAt(end));
    return line.substring(0, cutsPair ? end - 1 : end);
  }
}
