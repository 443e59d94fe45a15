package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many siblings are looked up, and what they show. */
class WildcardQuestionsTest {
  private static final Maybe<Answer> ONE = answer(1);
  private static final Maybe<Answer> TWO = answer(2);

  private final List<String> asked = new ArrayList<>();

  /** A zone by its labels, which notes those that were not asked for. */
  private Resolver zone(List<String> names, Function<String, Maybe<Answer>> answers) {
    return Wildcards.checking(
        name -> {
          String label = name.value().substring(0, name.value().indexOf('.'));
          if (!names.contains(label)) {
            asked.add(label);
          }
          return answers.apply(label);
        });
  }

  private static List<Boolean> marks(Resolver zone, List<String> labels) {
    return labels.stream().map(label -> isMarked(zone, label)).toList();
  }

  private static boolean isMarked(Resolver zone, String label) {
    Maybe<Answer> answer = zone.resolve(DomainName.of(label + ".dev"));
    return answer.test().assertComplete().values().get(0).wildcard();
  }

  private static Maybe<Answer> answer(int address) {
    return Maybe.just(
        Answer.of(
            DnsOptions.parseServers("192.0.2." + address).stream()
                .map(a -> a.getAddress())
                .toList()));
  }

  private static List<Boolean> all(boolean mark, List<String> labels) {
    return labels.stream().map(label -> mark).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wonderful window word www ftp",
        "www word window wonderful",
        "a b c d",
        "web mail1",
        "www",
      })
  void aZoneWithoutWildcardTakesThreeLookups(String text) {
    List<String> labels = List.of(text.split(" "));
    Resolver zone = zone(labels, label -> labels.contains(label) ? ONE : Maybe.empty());
    assertEquals(all(false, labels), marks(zone, labels));
    assertTrue(asked.size() <= 3, asked::toString);
    asked.clear();
    assertEquals(all(false, labels), marks(zone, labels));
    assertEquals(List.of(), asked, "remembered");
  }

  @Test
  void eachFurtherKindOfLabelsTakesOneLookup() {
    List<String> labels =
        List.of(
            "www", "mail", "ns1", "ns22", "web1", "dev-a", "q-aa", "2024", "1999", "a-1", "x_y");
    Resolver zone = zone(labels, label -> labels.contains(label) ? ONE : Maybe.empty());
    assertEquals(all(false, labels), marks(zone, labels));
    assertEquals(
        List.of("a{24}", "aaa", "aa0", "aaa-a", "0000", "a-0", "a_a"),
        asked.stream()
            .map(label -> LabelShape.of(label).mask())
            .map(s -> s.replace("a".repeat(24), "a{24}"))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[a-z0-9]*[0-9]", "[0-9]+", "[a-z]{1,8}", ".*-.*", "[a-z0-9]{8}", "[a-z]{5,}"})
  void aWildcardForOneShapeTakesThreeLookups(String shape) {
    List<String> labels =
        Stream.of("4711", "12", "abc", "lettersx", "www7", "a1b2c3d4", "dev-a", "b-c", "prefix")
            .filter(label -> label.matches(shape))
            .toList();
    List<String> one = labels.subList(0, 1);
    Resolver zone = zone(labels, label -> label.matches(shape) ? ONE : Maybe.empty());
    assertEquals(List.of(true), marks(zone, one));
    assertTrue(asked.size() <= 3, asked::toString);
    assertEquals(all(true, labels), marks(zone, labels));
  }

  @Test
  void aWildcardForShortNamesIsFoundAfterLongNames() {
    List<String> own = List.of("averylongname", "anothername");
    List<String> wild = List.of("short", "abc");
    Resolver zone =
        zone(
            Stream.concat(own.stream(), wild.stream()).toList(),
            label -> own.contains(label) || label.matches("[a-z]{1,8}") ? ONE : Maybe.empty());
    assertEquals(all(false, own.subList(0, 1)), marks(zone, own.subList(0, 1)));
    assertEquals(all(true, wild), marks(zone, wild));
  }

  @Test
  void aWildcardForOneShapeBesideTheUsualOneIsFound() {
    List<String> labels = List.of("abc", "a1", "b22", "own", "own3");
    Resolver zone =
        zone(
            labels,
            label -> label.startsWith("own") ? answer(9) : label.matches(".*[0-9].*") ? TWO : ONE);
    assertEquals(List.of(true, true, true, false, false), marks(zone, labels));
    assertEquals(5, asked.size(), "3 of digits, 2 of letters: " + asked);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 40, 250})
  void noNameUnderAWildcardWithChangingAddressesIsTakenForCertain(int addresses) {
    List<String> labels = IntStream.range(0, 300).mapToObj(i -> "name" + i).collect(toList());
    AtomicInteger turn = new AtomicInteger();
    Resolver zone = zone(labels, label -> answer(1 + turn.getAndIncrement() % addresses));
    assertEquals(all(true, labels), marks(zone, labels));
    assertTrue(asked.size() <= 3, asked::toString);
  }

  @Test
  void aWildcardForShortNamesWithChangingAddressesIsFound() {
    List<String> labels =
        IntStream.range(0, 50).mapToObj(i -> "ab" + (char) ('a' + i % 26)).collect(toList());
    AtomicInteger turn = new AtomicInteger();
    Resolver zone =
        zone(
            labels,
            label -> label.length() < 9 ? answer(1 + turn.getAndIncrement() % 3) : Maybe.empty());
    assertEquals(all(true, labels), marks(zone, labels));
    assertEquals(4, asked.size(), asked::toString);
  }

  /** As in large top-level domains. */
  @Test
  void aNameAmongAllNamesOfThreeLettersIsNoWildcard() {
    AtomicInteger next = new AtomicInteger();
    List<String> labels = List.of("abc", "def", "longer");
    Resolver zone =
        zone(
            labels,
            label ->
                label.length() == 3 || labels.contains(label)
                    ? answer(next.incrementAndGet())
                    : Maybe.empty());
    assertEquals(all(false, labels), marks(zone, labels));
    assertEquals(4, asked.size(), asked::toString);
  }

  @Test
  void aLookupThatFailsIsRepeatedTwice() {
    List<String> labels = List.of("a", "b", "c", "d", "e", "f");
    Resolver zone =
        zone(
            labels,
            label ->
                labels.contains(label)
                    ? ONE
                    : Maybe.error(new DnsException(Reason.TIMEOUT, "no answer", null)));
    assertEquals(all(false, labels), marks(zone, labels));
    assertEquals(3, asked.size(), asked::toString);
  }

  @Test
  void concurrentNamesShareTheQuestionsToTheServer() {
    List<String> labels =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "n"
                        + (char) ('a' + i / 100)
                        + (char) ('a' + i / 10 % 10)
                        + (char) ('a' + i % 10))
            .toList();
    AtomicInteger others = new AtomicInteger();
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  String name = received.name().toLowerCase(Locale.ROOT);
                  if (labels.contains(name.substring(0, name.indexOf('.')))) {
                    received.found();
                  } else {
                    others.incrementAndGet();
                    received.reply(3);
                  }
                });
        UdpResolver resolver = UdpResolver.of(UdpFixture.to(List.of(server.address())))) {
      Domains.of(
              Wildcards.checking(resolver), Policy.limit(1000).withAttemptTimeout(Policy.FOREVER))
          .probeAll(Flowable.fromIterable(labels).map(label -> label + ".zone.test"))
          .test()
          .awaitDone(20, SECONDS)
          .assertValueCount(1000)
          .assertComplete();
      assertTrue(others.get() <= 3, "questions for siblings: " + others);
      assertEquals(server.asked(), resolver.statistics().get(0).asked(), "in the statistics");
    }
  }
}
