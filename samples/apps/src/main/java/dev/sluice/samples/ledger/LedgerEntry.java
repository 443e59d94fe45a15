package dev.sluice.samples.ledger;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.domains.Escapes;
import dev.sluice.samples.domains.ProbeVerdict;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The outcome for one name at one time.
 *
 * @param name in ASCII and lower case, or as it was typed if it is not a domain name
 * @param verdict the result
 * @param addresses of a name that was found
 * @param seen the time of the outcome, in microseconds
 * @param attempts the number of attempts
 * @param reason why the name is unknown; empty for other verdicts
 */
public record LedgerEntry(
    String name,
    ProbeVerdict verdict,
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
        ProbeVerdict.of(outcome),
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

  /** The one spelling of a name; of a text that is not a name its printable form. */
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
    // Does not cut a surrogate pair in two.
    int end = Math.min(line.length(), longest);
    boolean cutsPair = end < line.length() && Character.isLowSurrogate(line.charAt(end));
    return line.substring(0, cutsPair ? end - 1 : end);
  }
}
