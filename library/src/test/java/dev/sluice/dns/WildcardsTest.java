package dev.sluice.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names under a wildcard, and names with records of their own. */
class WildcardsTest {
  private static final InetAddress ONE = address(1);
  private static final InetAddress TWO = address(2);

  private final List<DomainName> siblings = new ArrayList<>();
  private Maybe<Answer> sibling = Maybe.empty();

  /** Names under test are short, random siblings are long. */
  private final Resolver checking =
      Wildcards.checking(
          name -> {
            if (name.value().length() < 20) {
              return name.value().startsWith("free.") ? Maybe.empty() : answer(ONE, TWO);
            }
            siblings.add(name);
            return sibling;
          });

  @Test
  void aNameWithTheRandomSiblingsAddressesIsAWildcard() {
    sibling = answer(TWO, ONE);
    assertTrue(probed("a.dev").wildcard(), "in any order");
  }

  @Test
  void aNameWithOtherAddressesIsNoWildcard() {
    sibling = answer(ONE);
    assertFalse(probed("a.dev").wildcard());
  }

  @Test
  void aNameIsNoWildcardIfTheRandomSiblingDoesNotExist() {
    assertFalse(probed("a.dev").wildcard());
    assertEquals(List.of(ONE, TWO), probed("b.dev").addresses());
  }

  @Test
  void oneRandomSiblingIsLookedUpPerParent() {
    sibling = answer(ONE, TWO);
    assertTrue(probed("a.dev").wildcard());
    assertTrue(probed("b.dev").wildcard());
    assertTrue(probed("a.b.dev").wildcard());
    assertEquals(2, siblings.size());
    assertTrue(siblings.get(0).value().matches("[a-z]{24}\\.dev"), siblings::toString);
    assertTrue(siblings.get(1).value().matches("[a-z]{24}\\.b\\.dev"), siblings::toString);
  }

  @Test
  void noSiblingIsLookedUpForAMissingNameOrATopLevelName() {
    checking.resolve(DomainName.of("free.dev")).test().assertResult();
    assertFalse(probed("dev").wildcard());
    assertEquals(List.of(), siblings);
  }

  @Test
  void aFailedSiblingLookupIsRepeatedForTheNextName() {
    sibling = Maybe.error(new DnsException(Reason.TIMEOUT, "no answer", null));
    assertFalse(probed("a.dev").wildcard());
    sibling = answer(ONE, TWO);
    assertTrue(probed("b.dev").wildcard());
    assertEquals(2, siblings.size());
  }

  @Test
  void aBugInTheSiblingLookupGoesToOnError() {
    sibling = Maybe.error(new IllegalStateException("a bug"));
    checking.resolve(DomainName.of("a.dev")).test().assertFailure(IllegalStateException.class);
  }

  @Test
  void concurrentNamesShareOneSiblingLookup() {
    MaybeSubject<Answer> slow = MaybeSubject.create();
    sibling = slow;
    var first = checking.resolve(DomainName.of("a.dev")).test();
    var second = checking.resolve(DomainName.of("b.dev")).test();
    assertEquals(1, siblings.size());
    first.dispose();
    assertTrue(slow.hasObservers());
    slow.onSuccess(Answer.of(List.of(ONE, TWO)));
    first.assertEmpty();
    second.assertResult(new Answer(List.of(ONE, TWO), true));
  }

  @Test
  void theSiblingLookupIsDisposedWithItsLastSubscriber() {
    MaybeSubject<Answer> slow = MaybeSubject.create();
    sibling = slow;
    var first = checking.resolve(DomainName.of("a.dev")).test();
    var second = checking.resolve(DomainName.of("b.dev")).test();
    first.dispose();
    second.dispose();
    assertFalse(slow.hasObservers());
    sibling = answer(ONE, TWO);
    assertTrue(probed("c.dev").wildcard(), "looked up again");
  }

  @Test
  void aNameTooLongForASiblingIsNotChecked() {
    String parent = "a".repeat(60) + "." + ("b".repeat(60) + ".").repeat(2) + "c".repeat(60);
    DomainName name = DomainName.of("x." + parent);
    Wildcards.checking(any -> answer(ONE))
        .resolve(name)
        .test()
        .assertResult(Answer.of(List.of(ONE)));
  }

  @Test
  void theLeastRecentlyUsedParentIsEvicted() {
    sibling = answer(ONE, TWO);
    probed("a.dev");
    for (int i = 0; i < 10_000; i++) {
      probed("a.dev");
      probed("a." + i + ".dev");
    }
    assertEquals(10_001, siblings.size(), "a parent in use is kept");
    probed("a.1.dev");
    assertEquals(10_001, siblings.size());
    probed("a.0.dev");
    assertEquals(10_002, siblings.size(), "the least recently used is not");
  }

  @ParameterizedTest
  @CsvSource({".*[0-9].*, a1, b22", "'[a-z]{1,8}', abc, lettersx", ".*-.*, dev-a, b-c"})
  void aWildcardForNamesOfOneShapeIsFound(String shape, String first, String second) {
    List<DomainName> asked = new ArrayList<>();
    Resolver zone =
        Wildcards.checking(
            name -> {
              asked.add(name);
              return label(name).matches(shape) ? answer(ONE) : Maybe.empty();
            });
    for (String label : List.of(first, second)) {
      zone.resolve(DomainName.of(label + ".dev"))
          .test()
          .assertResult(new Answer(List.of(ONE), true));
    }
    int before = asked.size();
    zone.resolve(DomainName.of(first + ".dev")).test().assertComplete();
    assertEquals(before + 1, asked.size(), "the siblings of the shape are remembered");
  }

  @Test
  void aNameOfItsOwnShapeIsNoWildcard() {
    Resolver zone =
        Wildcards.checking(name -> label(name).equals("www7") ? answer(ONE) : Maybe.empty());
    zone.resolve(DomainName.of("www7.dev")).test().assertResult(Answer.of(List.of(ONE)));
  }

  @Test
  void aWildcardWhoseAddressesChangeIsFound() {
    AtomicInteger asked = new AtomicInteger();
    Resolver zone =
        Wildcards.checking(
            name ->
                label(name).equals("own")
                    ? answer(address(200))
                    : answer(address(asked.incrementAndGet() % 4)));
    for (String name : List.of("r1.dev", "r2.dev", "name.dev", "other-name.dev")) {
      zone.resolve(DomainName.of(name)).test().assertValue(Answer::wildcard);
    }
    zone.resolve(DomainName.of("own.dev")).test().assertValue(answer -> !answer.wildcard());
  }

  @Test
  void aNameWithItsOwnAddressBesideAWildcardIsNone() {
    Resolver zone =
        Wildcards.checking(name -> label(name).equals("www") ? answer(TWO) : answer(ONE));
    zone.resolve(DomainName.of("www.dev")).test().assertResult(Answer.of(List.of(TWO)));
    zone.resolve(DomainName.of("x.dev")).test().assertResult(new Answer(List.of(ONE), true));
  }

  private static String label(DomainName name) {
    return name.value().substring(0, name.value().indexOf('.'));
  }

  private Answer probed(String name) {
    return checking.resolve(DomainName.of(name)).test().assertComplete().values().get(0);
  }

  private static Maybe<Answer> answer(InetAddress... addresses) {
    return Maybe.just(Answer.of(List.of(addresses)));
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
