package dev.sluice.domains;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.dns.BadNameException;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordSource;
import dev.sluice.domains.Evidence.Source;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalIndex;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources are asked about a name, and what comes of it. */
class ExaminerTest {
  private final List<String> asked = new ArrayList<>();

  private EvidenceSource saying(Source source, Finding finding) {
    return domain ->
        Flowable.fromSupplier(
            () -> {
              asked.add(source + " " + domain);
              return Evidence.now(source, source.name(), domain.value(), finding, "said");
            });
  }

  private Examined examined(Examiner examiner, String name) {
    return examiner.examine(name).test().awaitDone(10, SECONDS).values().get(0);
  }

  @Test
  void aVerdictEndsTheQuestions() {
    Examiner examiner =
        Examiner.of(
            List.of(
                saying(Source.RESOLVER, Finding.NO_SUCH_NAME),
                saying(Source.PARENT, Finding.DELEGATED),
                saying(Source.REGISTRY, Finding.REGISTERED)));
    Examined examined = examined(examiner, "www.Await.dev.");
    assertEquals(Verdict.REGISTERED, examined.verdict());
    assertEquals("www.Await.dev.", examined.name());
    assertEquals("await.dev", examined.domain().value());
    assertEquals(List.of("RESOLVER await.dev", "PARENT await.dev"), asked);
    assertEquals(2, examined.evidence().size());
    assertEquals("PARENT: said", examined.reason());
    assertEquals(3, examined(examiner.thorough(), "await.dev").evidence().size());
  }

  @Test
  void everySourceIsAskedBeforeANameIsLikelyFree() {
    Examiner examiner =
        Examiner.of(
            List.of(
                saying(Source.RESOLVER, Finding.NO_SUCH_NAME),
                saying(Source.REGISTRY, Finding.NOT_REGISTERED),
                saying(Source.OTHER, Finding.REGISTERED)));
    Examined examined = examined(examiner, "await.dev");
    assertEquals(Verdict.UNKNOWN, examined.verdict());
    assertEquals("RESOLVER: said; REGISTRY: said; OTHER: said", examined.reason());
  }

  @Test
  void aSourceThatFailsOrIsSilentIsNoEvidenceForAnything() {
    Examiner examiner =
        Examiner.of(
            List.of(
                domain -> Flowable.error(new IOException("the line is cut")),
                domain -> Flowable.empty(),
                saying(Source.REGISTRY, Finding.NOT_REGISTERED)));
    Examined examined = examined(examiner, "await.dev");
    assertEquals(Verdict.UNKNOWN, examined.verdict());
    assertEquals(
        List.of(Finding.NO_ANSWER, Finding.NOT_REGISTERED),
        examined.evidence().stream().map(Evidence::finding).toList());
    assertEquals("a source: the line is cut; REGISTRY: said", examined.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.example", "2001:db8::1"})
  void aResolverWithoutAnAddressIsNamedByItsHost(String host) {
    RecordSource resolver =
        question ->
            Single.just(
                new RecordAnswer(
                    question,
                    RecordAnswer.Code.NXDOMAIN,
                    false,
                    List.of(),
                    List.of(),
                    InetSocketAddress.createUnresolved(host, 443)));
    Examined examined =
        examined(Examiner.of(List.of(EvidenceSources.resolver(resolver))), "await.dev");
    assertEquals(
        host.contains(":") ? "[" + host + "]:443" : host + ":443",
        examined.evidence().get(0).server());
  }

  @Test
  void allThatASourceSaysIsKeptAlsoBeforeItFails() {
    EvidenceSource talkative =
        domain ->
            saying(Source.PARENT, Finding.NO_ANSWER)
                .ask(domain)
                .concatWith(saying(Source.PARENT, Finding.NO_SUCH_NAME).ask(domain))
                .concatWith(Flowable.error(new IOException("the line is cut")));
    Examined examined = examined(Examiner.of(List.of(talkative)), "await.dev");
    assertEquals(
        List.of(Finding.NO_ANSWER, Finding.NO_SUCH_NAME, Finding.NO_ANSWER),
        examined.evidence().stream().map(Evidence::finding).toList());
  }

  @Test
  void disposingEndsTheQuestionsUnderWay() {
    AtomicInteger ended = new AtomicInteger();
    EvidenceSource silent = domain -> Flowable.<Evidence>never().doOnCancel(ended::incrementAndGet);
    var run =
        Examiner.of(List.of(silent))
            .examineAll(Flowable.range(0, 10).map(i -> "n" + i + ".dev"))
            .test();
    assertEquals(0, ended.get());
    run.cancel();
    assertEquals(10, ended.get());
    run.assertEmpty();
  }

  @Test
  void aBugOfASourceEndsTheRun() {
    Examiner examiner = Examiner.of(List.of(domain -> Flowable.error(new IllegalStateException())));
    examiner
        .examineAll(Flowable.just("await.dev"))
        .test()
        .awaitDone(10, SECONDS)
        .assertError(IllegalStateException.class);
  }

  @Test
  void asManyOutcomesAsNames() {
    List<String> names = List.of("a.dev", "co.uk", "a b", "www.a.co.uk", "_dmarc.a.dev", "_x.dev");
    List<Outcome<String, Examined>> outcomes =
        Examiner.of(List.of(saying(Source.PARENT, Finding.DELEGATED)))
            .examinations()
            .runInOrder(Flowable.fromIterable(names))
            .test()
            .awaitDone(10, SECONDS)
            .assertComplete()
            .values();
    assertEquals(names, outcomes.stream().map(Outcome::key).toList());
    assertEquals(
        List.of("a.dev", "a.co.uk", "a.dev"),
        Stream.of(outcomes.get(0), outcomes.get(3), outcomes.get(4))
            .map(outcome -> ((Success<String, Examined>) outcome).value().domain().value())
            .toList());
    assertInstanceOf(BadNameException.class, ((Failure<?, ?>) outcomes.get(2)).cause());
    assertEquals(
        "co.uk: a public suffix; names are registered below it, such as example.co.uk",
        message(outcomes.get(1)));
    assertEquals(
        "_x.dev: a label with an underscore cannot be registered (RFC 8552)",
        message(outcomes.get(5)));
  }

  private static String message(Outcome<?, ?> outcome) {
    IOException cause = ((Failure<?, ?>) outcome).cause();
    assertInstanceOf(UnregistrableNameException.class, cause);
    return String.valueOf(cause.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "a.b.example.com, example.com",
    "example.co.uk, example.co.uk",
    "www.example.co.uk, example.co.uk",
    "a.github.io, github.io",
    "a.b.ck, a.b.ck",
    "x.a.b.ck, a.b.ck",
    "a.www.ck, www.ck",
    "city.kobe.jp, city.kobe.jp",
    "a.x.kobe.jp, a.x.kobe.jp",
    "a.xn--unlisted, a.xn--unlisted",
    "b.a.notatld, a.notatld",
    "食狮.公司.cn, xn--85x722f.xn--55qx5d.cn",
  })
  void theRegistrableNameIsTheSuffixAndOneLabel(String name, String domain) throws IOException {
    assertEquals(domain, Registrable.parse(name, PublicSuffixes.bundled()).domain().value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"com", "co.uk", "b.ck", "notatld", "x.kobe.jp", "公司.cn"})
  void aPublicSuffixIsRefused(String name) {
    Examiner.of(List.of())
        .examine(name)
        .test()
        .awaitDone(10, SECONDS)
        .assertError(e -> String.valueOf(e.getMessage()).contains("a public suffix"));
  }

  @Test
  void theSuffixesOfAFileEndWithItsIcannSection(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("suffixes"),
            """
            // ===BEGIN ICANN DOMAINS===
            dev
            *.odd  // a wildcard
            !www.odd

            рф
            // ===END ICANN DOMAINS===
            // ===BEGIN PRIVATE DOMAINS===
            pages.dev
            """);
    PublicSuffixes suffixes = PublicSuffixes.of(file);
    Examiner examiner = Examiner.of(List.of()).withSuffixes(suffixes);
    assertEquals("pages.dev", examined(examiner, "a.pages.dev").domain().value());
    assertEquals("a.b.odd", examined(examiner, "x.a.b.odd").domain().value());
    assertEquals("www.odd", examined(examiner, "x.www.odd").domain().value());
    assertEquals("a.xn--p1ai", examined(examiner, "b.a.рф").domain().value());
    assertEquals("co.uk", examined(examiner, "www.co.uk").domain().value());
    assertEquals("no source was asked", examined(examiner, "a.dev").reason());
    Path empty = Files.writeString(folder.resolve("empty"), "// nothing\n");
    IOException error = assertThrows(IOException.class, () -> PublicSuffixes.of(empty));
    assertEquals(empty + ": no list of public suffixes", error.getMessage());
  }

  @Test
  void anUnknownNameIsExaminedAgainByTheRunThatResumes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("names.ndjson");
    Flowable<String> names = Flowable.just("known.dev", "unknown.dev");
    EvidenceSource source =
        domain ->
            Flowable.just(
                Evidence.now(
                    Source.PARENT,
                    "ns",
                    domain.value(),
                    domain.value().startsWith("known") ? Finding.DELEGATED : Finding.NO_ANSWER,
                    "said"));
    try (Journal journal = Journal.open(file)) {
      Examiner.of(List.of(source))
          .examinations()
          .journalled(journal, Examiner.journalCodec())
          .runAll(names)
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(2)
          .assertValueAt(0, outcome -> outcome instanceof Success)
          .assertValueAt(1, outcome -> outcome instanceof Success);
    }
    JournalIndex index = JournalIndex.of(file);
    index
        .remaining(names, Examiner.journalCodec())
        .test()
        .awaitDone(10, SECONDS)
        .assertResult("unknown.dev");
    assertTrue(index.last("unknown.dev").orElseThrow().isRetryable());
    assertEquals("UNKNOWN", index.last("unknown.dev").orElseThrow().rcode());
    assertEquals("REGISTERED", index.last("known.dev").orElseThrow().rcode());
  }
}
