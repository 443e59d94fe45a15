package dev.sluice.domains;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.TerminalText;
import dev.sluice.dns.DomainName;
import dev.sluice.domains.Evidence.Source;
import dev.sluice.http.HttpOptions;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import dev.sluice.rdap.RdapQuestion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries and lists say, and the rates of registries. */
class RegistriesTest {
  private static final DomainName NAME = DomainName.of("await.test");

  @TempDir Path folder;

  /** The evidence of a registry that answers each question in this way. */
  private static Evidence evidence(byte[] said) {
    try (RawServer server =
        RawServer.answering(
            exchange ->
                exchange.send(exchange.path().equals("/list") ? list(exchange.head()) : said))) {
      RegistryRates rates = RegistryRates.STANDARD.withUsual(Rate.perSecond(1_000));
      Policy policy = rates.policy().withRetry(Retry.none());
      try (Rdap rdap = Rdap.at(server.base().resolve("/list"), RdapOptions.of(policy))) {
        Evidence evidence =
            EvidenceSources.registries(rdap, rates)
                .ask(NAME)
                .test()
                .awaitDone(10, SECONDS)
                .assertComplete()
                .values()
                .get(0);
        assertEquals(Source.REGISTRY, evidence.source());
        assertEquals(server.authority(), evidence.server());
        assertEquals(server.base() + "domain/await.test", evidence.question());
        return evidence;
      }
    }
  }

  private static byte[] list(List<String> head) {
    String host =
        head.stream().filter(line -> line.startsWith("Host: ")).toList().get(0).substring(6);
    return answer("200 OK", bytes("{\"services\":[[[\"test\"],[\"http://" + host + "/\"]]]}"));
  }

  private static byte[] domain(String statuses) {
    return answer(
        "200 OK",
        bytes(
            "{\"objectClassName\":\"domain\",\"ldhName\":\"await.test\",\"status\":["
                + statuses
                + "],\"events\":[{\"eventAction\":\"expiration\","
                + "\"eventDate\":\"2030-02-28T00:00:00Z\"}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'', REGISTERED",
        "'\"active\"', REGISTERED",
        "'\"auto renew period\",\"client transfer prohibited\"', REGISTERED",
        "'\"pending create\"', REGISTERED",
        "'\"client hold\"', ON_HOLD",
        "'\"active\",\"server hold\"', ON_HOLD",
        "'\"serverHold\"', ON_HOLD",
        "'\"inactive\"', ON_HOLD",
        "'\"pending delete\"', PENDING_DELETE",
        "'\"client hold\",\"pendingDelete\"', PENDING_DELETE",
        "'\"pending delete\",\"redemption period\"', REDEMPTION",
        "'\"Redemption Period\"', REDEMPTION",
        "'\"redemptionPeriod\"', REDEMPTION",
        "'\"pending delete\",\"pending restore\"', REDEMPTION",
        "'\"reserved\"', RESERVED",
      })
  void theStatusesSayWhatBecomesOfADomain(String statuses, Finding finding) {
    Evidence evidence = evidence(domain(statuses));
    assertEquals(finding, evidence.finding());
    String listed = statuses.replaceAll("\"", "").replace(",", ", ");
    assertEquals(
        "200 OK" + (listed.isEmpty() ? "" : ": " + listed) + ", until 2030-02-28T00:00:00Z",
        evidence.answer());
  }

  @Test
  void a404IsNotRegisteredAndAnythingElseIsNoAnswer() {
    Evidence absent = evidence(status("404 Not Found"));
    assertEquals(Finding.NOT_REGISTERED, absent.finding());
    assertEquals("404 Not Found", absent.answer());
    for (String status : List.of("410 Gone", "429 Too Many Requests", "503 Unavailable")) {
      Evidence evidence = evidence(status(status));
      assertEquals(Finding.NO_ANSWER, evidence.finding());
      assertTrue(evidence.answer().endsWith(status), evidence::toString);
    }
    byte[] inside = answer("404 Not Found", bytes("{\"errorCode\":429}"));
    assertEquals(Finding.NO_ANSWER, evidence(inside).finding());
  }

  @Test
  void aRegistryThatTheListDoesNotHaveIsNoAnswer() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list"), "{\"services\":[[[\"other\"],[\"http://127.0.0.1:1/\"]]]}");
    RdapOptions options = RdapOptions.of(RegistryRates.STANDARD.policy());
    try (Rdap rdap = Rdap.at(list.toUri(), options)) {
      EvidenceSources.registries(rdap, RegistryRates.STANDARD)
          .ask(NAME)
          .test()
          .awaitDone(10, SECONDS)
          .assertValue(evidence -> evidence.finding() == Finding.NO_ANSWER)
          .assertValue(evidence -> evidence.answer().contains("no RDAP server for test"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://a_b.test:9/, a_b.test:9",
    "http://me:secret@a_b.test/, a_b.test",
    "http://[::1]:9/, [::1]:9",
    "http://127.0.0.1:9, 127.0.0.1:9",
  })
  void theServerOfARegistryIsShownByHostAndPort(String url, String shown) throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list"), "{\"services\":[[[\"test\"],[\"" + url + "\"]]]}");
    RegistryRates rates = RegistryRates.STANDARD;
    RdapOptions options = RdapOptions.of(rates.policy().withRetry(Retry.none()));
    HttpOptions nameless = options.http().withOkHttp(client -> client.dns(RegistriesTest::noHost));
    try (Rdap rdap = Rdap.at(list.toUri(), options.withHttp(nameless))) {
      Evidence evidence =
          EvidenceSources.registries(rdap, rates)
              .ask(NAME)
              .test()
              .awaitDone(10, SECONDS)
              .values()
              .get(0);
      assertEquals(shown, evidence.server());
      assertFalse(evidence.toString().contains("secret"), evidence::toString);
    }
  }

  private static List<InetAddress> noHost(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  @Test
  void aRegistryThatAnnouncesItsQuotaIsLeftAloneWhenThatIsUsedUp() {
    try (RawServer server =
        RawServer.answering(
            exchange ->
                exchange.send(
                    exchange.path().equals("/list")
                        ? list(exchange.head())
                        : answer(
                            "404 Not Found", new byte[0], "RateLimit: \"default\";r=0;t=60")))) {
      RegistryRates rates = RegistryRates.STANDARD.withUsual(Rate.perSecond(1_000));
      Policy policy = rates.policy();
      try (Rdap rdap = Rdap.at(server.base().resolve("/list"), RdapOptions.of(policy))) {
        EvidenceSources.registries(rdap, rates)
            .ask(NAME)
            .test()
            .awaitDone(10, SECONDS)
            .assertValue(evidence -> evidence.finding() == Finding.NOT_REGISTERED);
        Duration parked = policy.limiter().usage().lane(server.authority()).parkedFor();
        assertTrue(parked.toSeconds() > 50, parked::toString);
      }
    }
  }

  @Test
  void lookupsWithoutLanesAreRefusedBecauseTheyHaveNoRates() {
    try (Rdap rdap = Rdap.standard()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> EvidenceSources.registries(rdap, RegistryRates.STANDARD));
    }
  }

  private static RdapQuestion question(String name, String server) {
    return new RdapQuestion(DomainName.of(name), URI.create(server), "a list", true);
  }

  @Test
  void aServerIsALaneWhateverItsTopLevelDomains() {
    RegistryRates rates = RegistryRates.STANDARD;
    String com = rates.lane(question("a.com", "https://rdap.example/com/"));
    assertEquals(com, rates.lane(question("a.net", "https://rdap.example/net/")));
    assertEquals("rdap.example:443", com);
    assertNotEquals(com, rates.lane(question("a.org", "https://rdap.example.org/")));
    assertEquals(Rate.perSecond(1), rateOf(rates, "a.com", "https://rdap.example/"));
  }

  @Test
  void theTableOfAFileSetsRates() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("rates"),
            """
            # registries
            verisign 10/s
            rdap.verisign.net 20/s

            .dev   5/s
            127.0.0.1:8080 100/s
            *  1/2s
            """);
    RegistryRates rates = RegistryRates.of(file);
    assertEquals(Rate.perSecond(10), rateOf(rates, "a.com", "https://rdap.verisign.com/com/v1/"));
    assertEquals(Rate.perSecond(20), rateOf(rates, "a.com", "https://rdap.VeriSign.net/"));
    assertEquals(Rate.perSecond(5), rateOf(rates, "a.dev", "https://registry.google/"));
    assertEquals(Rate.perSecond(100), rateOf(rates, "a.app", "http://127.0.0.1:8080/"));
    assertEquals(Rate.parse("1/2s"), rateOf(rates, "a.app", "https://registry.google/"));
    assertNotEquals(
        rates.lane(question("a.dev", "https://registry.google/")),
        rates.lane(question("a.app", "https://registry.google/")));
  }

  @ParameterizedTest
  @CsvSource({
    "\uFEFFverisign, a.com, https://rdap.verisign.com/",
    ".рф, a.рф, https://rdap.example/",
    ".XN--P1AI, a.рф, https://rdap.example/",
    "bücher, a.com, https://rdap.bücher.example/",
    "rdap.bücher.example:8443, a.com, https://rdap.xn--bcher-kva.example:8443/",
    "a_b.example., a.com, https://a_b.example/",
    "123, a.com, https://rdap.123.example/",
    "[::1]:8080, a.com, http://[::1]:8080/",
    "[0:0::1], a.com, http://[::1]:8080/",
    "::1, a.com, http://[::1]/",
  })
  void anEntryMayBeWrittenInOtherWays(String entry, String name, String server) throws IOException {
    Path file = Files.writeString(folder.resolve("rates"), entry + " 7/s\n");
    assertEquals(Rate.perSecond(7), rateOf(RegistryRates.of(file), name, server));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".co.uk",
        "a b",
        "-a",
        "http://a.test/",
        "a.test/",
        "user@a.test",
        "a:b",
        "a:0",
        "a:65536",
        "a:",
        ".dev:80",
        "1.2.3.4.5",
        "[::1",
        "[a.test]",
        "*.test"
      })
  void anEntryThatIsNeitherServerNorLabelNorDomainIsRefused(String entry) {
    RegistryRates rates = RegistryRates.STANDARD;
    Rate rate = Rate.perSecond(7);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> rates.with(entry, rate));
    assertEquals(
        "entry: "
            + TerminalText.quoted(entry)
            + ", must be a server, a label in the name of a server, or a top-level domain with its"
            + " dot",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"verisign", "verisign 10", "verisign 10/s fast", "* soon", ".co.uk 1/s"})
  void aWrongLineOfTheTableIsNamed(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("rates"), "# table\n" + line + "\n");
    IOException error = assertThrows(IOException.class, () -> RegistryRates.of(file));
    assertTrue(String.valueOf(error.getMessage()).startsWith(file + ", line 2: "), error::toString);
  }

  @Test
  void aFileThatIsNoTextIsNamedWithItsLine() throws IOException {
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'#', '\n', 'v', (byte) 0xfc});
    assertMessage(file + ", line 2: not UTF-8", () -> RegistryRates.of(file));
    assertMessage(file + ", line 2: not UTF-8", () -> PublicSuffixes.of(file));
    assertMessage(file + ", line 2: not UTF-8", () -> NameList.of(file));
    assertMessage(folder + ": a folder, must be a file", () -> RegistryRates.of(folder));
    assertMessage(folder + ": a folder, must be a file", () -> PublicSuffixes.of(folder));
    assertMessage(folder + ": a folder, must be a file", () -> NameList.of(folder));
  }

  private static void assertMessage(String message, Executable read) {
    assertEquals(message, assertThrows(IOException.class, read).getMessage());
  }

  private static Rate rateOf(RegistryRates rates, String name, String server) {
    return requireNonNull(
        requireNonNull(rates.policy().limiter().lanes()).rate(rates.lane(question(name, server))));
  }

  @Test
  void aListHasDomainsAndLabels() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("reserved"), "# of the registry\nNIC.dev\n www \n1\nbücher\n");
    NameList names = NameList.of(file);
    assertEquals(Set.of("nic.dev", "www", "1", "xn--bcher-kva"), names.entries());
    EvidenceSource reserved = EvidenceSources.reserved(names);
    assertEquals(Finding.RESERVED, said(reserved, "nic.dev"));
    assertEquals(Finding.RESERVED, said(reserved, "www.co.uk"));
    assertEquals(Finding.RESERVED, said(reserved, "1.dev"));
    assertEquals(Finding.PREMIUM, said(EvidenceSources.premium(names), "www.dev"));
    reserved.ask(DomainName.of("nic.app")).test().awaitDone(10, SECONDS).assertResult();
    Path wrong = Files.writeString(folder.resolve("wrong"), "a\nb c\n");
    IOException error = assertThrows(IOException.class, () -> NameList.of(wrong));
    assertTrue(
        String.valueOf(error.getMessage()).startsWith(wrong + ", line 2: "), error::toString);
  }

  @Test
  void aByteOrderMarkIsNoPartOfAList() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "\uFEFF# a comment\r\nwww\r\n");
    assertEquals(Set.of("www"), NameList.of(names).entries());
    Path suffixes = Files.writeString(folder.resolve("suffixes"), "\uFEFFco.uk\nuk\n");
    assertEquals("co.uk", PublicSuffixes.of(suffixes).suffix(DomainName.of("a.co.uk")).value());
  }

  @Test
  void aLabelMayLookLikeANumber() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "0xff\n0XFE\n123\n");
    assertEquals(Set.of("0xff", "0xfe", "123"), NameList.of(file).entries());
    EvidenceSource reserved = EvidenceSources.reserved(NameList.of(file));
    assertEquals(Finding.RESERVED, said(reserved, "0xff.dev"));
    assertThrows(IllegalArgumentException.class, () -> NameList.of("a list", List.of("192.0.2.1")));
  }

  private static Finding said(EvidenceSource source, String name) {
    return source
        .ask(DomainName.of(name))
        .test()
        .awaitDone(10, SECONDS)
        .assertComplete()
        .values()
        .get(0)
        .finding();
  }
}
