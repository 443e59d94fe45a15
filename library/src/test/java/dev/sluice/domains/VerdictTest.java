package dev.sluice.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.domains.Evidence.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict on every combination of what the sources can say. */
class VerdictTest {
  private static final List<Finding> OF_DNS =
      List.of(Finding.DELEGATED, Finding.EXISTS, Finding.NO_SUCH_NAME, Finding.NO_ANSWER);
  private static final List<Finding> OF_LISTS = List.of(Finding.RESERVED, Finding.PREMIUM);
  private static final List<Finding> OF_REGISTRIES =
      List.of(
          Finding.REGISTERED,
          Finding.ON_HOLD,
          Finding.REDEMPTION,
          Finding.PENDING_DELETE,
          Finding.RESERVED,
          Finding.NOT_REGISTERED,
          Finding.NO_ANSWER);

  /** These say that the name cannot be had. */
  private static final Set<Finding> TAKEN =
      EnumSet.of(
          Finding.DELEGATED,
          Finding.EXISTS,
          Finding.REGISTERED,
          Finding.ON_HOLD,
          Finding.REDEMPTION,
          Finding.PENDING_DELETE,
          Finding.RESERVED);

  private record Said(
      Set<Finding> resolver, Set<Finding> parent, Set<Finding> list, Set<Finding> registry) {
    List<Evidence> evidence() {
      List<Evidence> all = new ArrayList<>();
      add(all, Source.RESOLVER, resolver);
      add(all, Source.PARENT, parent);
      add(all, Source.LIST, list);
      add(all, Source.REGISTRY, registry);
      return all;
    }

    private static void add(List<Evidence> all, Source source, Set<Finding> findings) {
      findings.forEach(finding -> all.add(evidence(source, finding)));
    }

    static Evidence evidence(Source source, Finding finding) {
      return new Evidence(source, "server", "question", finding, "answer", Instant.EPOCH);
    }

    boolean says(Set<Finding> findings) {
      return evidence().stream().anyMatch(each -> findings.contains(each.finding()));
    }
  }

  @Test
  void nothingButNxdomainAndA404OfTheRegistryIsLikelyFree() {
    int[] free = {0};
    forAll(
        said -> {
          if (Verdict.of(said.evidence()) == Verdict.LIKELY_FREE) {
            free[0]++;
            Set<Finding> dns = said.parent().isEmpty() ? said.resolver() : said.parent();
            assertTrue(dns.contains(Finding.NO_SUCH_NAME), said::toString);
            assertTrue(said.registry().contains(Finding.NOT_REGISTERED), said::toString);
            assertFalse(said.says(TAKEN), said::toString);
          }
        });
    assertTrue(free[0] > 0, "no combination is likely free");
  }

  @Test
  void whatIsRegisteredIsSaidByASourceThatCanKnow() {
    forAll(
        said -> {
          Verdict verdict = Verdict.of(said.evidence());
          if (verdict == Verdict.REGISTERED || verdict == Verdict.REGISTERED_NOT_DELEGATED) {
            assertTrue(
                said.says(EnumSet.of(Finding.DELEGATED, Finding.REGISTERED, Finding.ON_HOLD)),
                said::toString);
            assertFalse(said.registry().contains(Finding.NOT_REGISTERED), said::toString);
          }
        });
  }

  @Test
  void aWordOfTheRegistryAgainstItsOwn404IsUnknown() {
    forAll(
        said -> {
          if (said.registry().contains(Finding.NOT_REGISTERED)
              && said.says(EnumSet.of(Finding.DELEGATED, Finding.REGISTERED, Finding.EXISTS))) {
            assertEquals(Verdict.UNKNOWN, Verdict.of(said.evidence()), said::toString);
          }
        });
  }

  @Test
  void silenceAloneIsUnknown() {
    Set<Finding> silent = EnumSet.of(Finding.NO_ANSWER, Finding.PREMIUM);
    forAll(
        said -> {
          if (said.evidence().stream().allMatch(each -> silent.contains(each.finding()))) {
            assertEquals(Verdict.UNKNOWN, Verdict.of(said.evidence()), said::toString);
          }
        });
  }

  @Test
  void theOrderOfTheEvidenceDoesNotMatter() {
    forAll(
        said -> {
          List<Evidence> evidence = said.evidence();
          Verdict verdict = Verdict.of(evidence);
          Collections.reverse(evidence);
          assertEquals(verdict, Verdict.of(evidence), said::toString);
        });
  }

  @Test
  void noAnswerAndPremiumChangeNoVerdictButForAParentThatIsSilent() {
    forAll(
        said -> {
          List<Evidence> more = said.evidence();
          Verdict verdict = Verdict.of(more);
          more.add(Said.evidence(Source.REGISTRY, Finding.NO_ANSWER));
          more.add(Said.evidence(Source.RESOLVER, Finding.NO_ANSWER));
          more.add(Said.evidence(Source.LIST, Finding.PREMIUM));
          more.add(Said.evidence(Source.OTHER, Finding.NO_ANSWER));
          assertEquals(verdict, Verdict.of(more), said::toString);
        });
  }

  @ParameterizedTest
  @CsvSource({
    // resolver, parent, list, registry, verdict
    "NO_SUCH_NAME, NO_SUCH_NAME, , NOT_REGISTERED, LIKELY_FREE",
    "NO_SUCH_NAME, , , NOT_REGISTERED, LIKELY_FREE",
    "NO_ANSWER, NO_SUCH_NAME, PREMIUM, NOT_REGISTERED, LIKELY_FREE",
    "NO_SUCH_NAME, NO_ANSWER, , NOT_REGISTERED, UNKNOWN",
    "NO_SUCH_NAME, NO_SUCH_NAME, , NO_ANSWER, UNKNOWN",
    "EXISTS, NO_SUCH_NAME, , NOT_REGISTERED, UNKNOWN",
    "NO_SUCH_NAME, DELEGATED, , NOT_REGISTERED, UNKNOWN",
    ", DELEGATED, , , REGISTERED",
    "DELEGATED, , , , REGISTERED",
    "DELEGATED, NO_ANSWER, , , REGISTERED",
    "DELEGATED, NO_SUCH_NAME, , , UNKNOWN",
    "EXISTS, NO_ANSWER, , , UNKNOWN",
    "NO_SUCH_NAME, DELEGATED, RESERVED, , REGISTERED",
    ", DELEGATED, , ON_HOLD, REGISTERED",
    "NO_SUCH_NAME, NO_SUCH_NAME, , REGISTERED, REGISTERED_NOT_DELEGATED",
    "NO_SUCH_NAME, EXISTS, , REGISTERED, REGISTERED_NOT_DELEGATED",
    "NO_ANSWER, NO_ANSWER, , ON_HOLD, REGISTERED_NOT_DELEGATED",
    "NO_ANSWER, NO_ANSWER, , REGISTERED, REGISTERED",
    "NO_SUCH_NAME, NO_ANSWER, , REGISTERED, REGISTERED",
    "NO_SUCH_NAME, NO_SUCH_NAME, RESERVED, , RESERVED",
    "NO_SUCH_NAME, NO_SUCH_NAME, RESERVED, NOT_REGISTERED, RESERVED",
    "NO_SUCH_NAME, NO_SUCH_NAME, , RESERVED, RESERVED",
    "NO_SUCH_NAME, NO_SUCH_NAME, RESERVED, REGISTERED, REGISTERED_NOT_DELEGATED",
    "NO_SUCH_NAME, NO_SUCH_NAME, , REDEMPTION, REDEMPTION",
    "NO_SUCH_NAME, NO_SUCH_NAME, , PENDING_DELETE, PENDING_DELETE",
    ", , , , UNKNOWN"
  })
  void theTable(Finding resolver, Finding parent, Finding list, Finding registry, Verdict verdict) {
    assertEquals(
        verdict,
        Verdict.of(new Said(set(resolver), set(parent), set(list), set(registry)).evidence()));
  }

  private static Set<Finding> set(Finding finding) {
    return finding == null ? Set.of() : Set.of(finding);
  }

  private static void forAll(Consumer<Said> check) {
    List<Set<Finding>> dns = subsets(OF_DNS);
    List<Set<Finding>> lists = subsets(OF_LISTS);
    for (Set<Finding> registry : subsets(OF_REGISTRIES)) {
      for (Set<Finding> resolver : dns) {
        for (Set<Finding> parent : dns) {
          lists.forEach(list -> check.accept(new Said(resolver, parent, list, registry)));
        }
      }
    }
  }

  private static List<Set<Finding>> subsets(List<Finding> findings) {
    List<Set<Finding>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << findings.size(); bits++) {
      Set<Finding> subset = EnumSet.noneOf(Finding.class);
      for (int i = 0; i < findings.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(findings.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}
