package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The verdict on a name, with the evidence.
 *
 * @param name the text as it was given
 * @param domain the name that was examined: {@code example.co.uk} of {@code www.example.co.uk}
 * @param verdict what the evidence amounts to
 * @param evidence what each source said, in the order of asking
 */
public record Examined(String name, DomainName domain, Verdict verdict, List<Evidence> evidence) {
  /**
   * Copies the list.
   *
   * @param name the text as it was given
   * @param domain the name that was examined
   * @param verdict what the evidence amounts to
   * @param evidence what each source said
   */
  public Examined {
    requireNonNull(name, "name");
    requireNonNull(domain, "domain");
    requireNonNull(verdict, "verdict");
    evidence = List.copyOf(evidence);
  }

  /** {@return whether a list says that the name costs more than others} */
  public boolean isPremium() {
    return evidence.stream().anyMatch(each -> each.finding() == Finding.PREMIUM);
  }

  /**
   * {@return the reason in one line: what the sources said that count for the verdict}
   *
   * <p>Of an unknown name that is what all of them said.
   */
  public String reason() {
    List<Evidence> counted = evidence.stream().filter(this::counts).toList();
    Stream<String> said =
        (counted.isEmpty() ? evidence : counted)
            .stream().map(each -> each.server() + ": " + each.answer());
    String reason = said.collect(Collectors.joining("; "));
    return reason.isEmpty() ? "no source was asked" : reason;
  }

  private boolean counts(Evidence each) {
    return switch (each.finding()) {
      case NO_ANSWER -> verdict == Verdict.UNKNOWN;
      case DELEGATED -> verdict == Verdict.REGISTERED || verdict == Verdict.UNKNOWN;
      case NO_SUCH_NAME ->
          verdict == Verdict.LIKELY_FREE
              || verdict == Verdict.REGISTERED_NOT_DELEGATED
              || verdict == Verdict.UNKNOWN;
      case EXISTS -> verdict == Verdict.REGISTERED_NOT_DELEGATED || verdict == Verdict.UNKNOWN;
      case REGISTERED, ON_HOLD, REDEMPTION, PENDING_DELETE, RESERVED, NOT_REGISTERED, PREMIUM ->
          true;
    };
  }
}
