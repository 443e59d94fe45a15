package dev.sluice.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are names, and texts that are not. */
class DomainNameTest {
  private static final String LONGEST_LABEL = "a".repeat(63);
  private static final String LONGEST =
      (LONGEST_LABEL + ".").repeat(3) + "a".repeat(57) + ".dev"; // 253

  @ParameterizedTest
  @CsvSource({
    "await.dev,             await.dev",
    "AWAIT.Dev,             await.dev",
    "await.dev.,            await.dev",
    "dev,                   dev",
    "localhost,             localhost",
    "_dmarc.example.org,    _dmarc.example.org",
    "3com.com,              3com.com",
    "a--b.de,               a--b.de",
    "bücher.de,             xn--bcher-kva.de",
    "BÜCHER.DE.,            xn--bcher-kva.de",
    "xn--bcher-kva.de,      xn--bcher-kva.de",
    "XN--BCHER-KVA.de,      xn--bcher-kva.de",
    "例え。テスト,           xn--r8jz45g.xn--zckzah",
    "例え．テスト。,         xn--r8jz45g.xn--zckzah",
    "await｡dev,             await.dev",
    "ａｗａｉｔ.dev,         await.dev",
    "💩.la,                 xn--ls8h.la",
    "_tcp.bücher.de,        _tcp.xn--bcher-kva.de",
    "xn--strae-oqa.de,      xn--strae-oqa.de",
    "ΟΔΟΣ.gr,               xn--pxavbq.gr",
    "1.2.3.4.in-addr.arpa,  1.2.3.4.in-addr.arpa",
    "0xab.dev,              0xab.dev",
  })
  void aNameIsConvertedToLowerCaseAscii(String text, String value) {
    assertEquals(value, DomainName.of(text).value());
    assertEquals(value, new DomainName(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "。",
        "await.dev..",
        ".await.dev",
        "await..dev",
        "a…b.dev",
        "a b.dev",
        " await.dev",
        "await.dev\n",
        "a\u0000b.dev",
        "a\tb.dev",
        "a\u00a0b.dev",
        "\u200b.dev",
        "http://await.dev/",
        "me@await.dev",
        "await.dev:53",
        "*.dev",
        "a\\b.dev",
        "℀.dev",
        "⒈com.dev",
        "await․dev",
        "-await.dev",
        "await-.dev",
        "await.-",
        "192.0.2.1",
        "192.0.2.1.",
        "1234",
        "0x7f000001",
        "127.0x1",
        "a.0x",
        "::1",
        "[::1]",
        "straße.de",
        "STRAẞE.de",
        "βόλος.gr",
        "a\u200db.dev",
        "a\u200cb.dev",
        "\ud83d.dev",
      })
  void aTextThatIsNoNameIsRefused(String text) {
    String message = refusal(text);
    assertTrue(message.startsWith("domain name: \""), message);
    assertTrue(message.contains("must"), message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertThrows(IllegalArgumentException.class, () -> new DomainName(text));
  }

  @Test
  void theMessageSaysWhatCameAndWhatIsAllowed() {
    assertEquals(
        "domain name: \"<U+001B>[2J.dev\", must have letters, digits, hyphens and underscores in"
            + " its labels, and dots between them",
        refusal("\u001b[2J.dev"));
    assertTrue(refusal("\u202e.dev").startsWith("domain name: \"<U+202E>.dev\", must have "));
    assertTrue(refusal("é".repeat(1_000_000)).length() < 300);
  }

  @Test
  void lengthsAreThoseOfRfc1035() {
    assertEquals(253, DomainName.of(LONGEST).value().length());
    assertEquals(LONGEST, DomainName.of(LONGEST + ".").value());
    assertThrows(IllegalArgumentException.class, () -> DomainName.of("a" + LONGEST));
    assertEquals(63, DomainName.of(LONGEST_LABEL).value().length());
    assertThrows(IllegalArgumentException.class, () -> DomainName.of(LONGEST_LABEL + "a.dev"));
    // Short enough as text, too long in ASCII.
    assertThrows(IllegalArgumentException.class, () -> DomainName.of("äöü".repeat(20) + ".de"));
  }

  @Test
  void aNameInItsFinalFormIsNotCopied() {
    String plain = "await.dev";
    assertSame(plain, DomainName.of(plain).value());
  }

  @Test
  void aNameKnowsItsParentAndItsTopLevelDomain() {
    DomainName name = DomainName.of("www.await.dev");
    assertEquals(Optional.of(DomainName.of("await.dev")), name.parent());
    assertEquals(DomainName.of("dev"), name.topLevel());
    assertEquals(Optional.empty(), name.topLevel().parent());
    assertEquals(name.topLevel(), name.topLevel().topLevel());
  }

  @Test
  void anyTextIsANameOrRefused() {
    Random random = new Random(3);
    int[] palette = "aZ9-_. .。．ßüéΣς字💩\u0000\u200d\u0301\ud800\u00ad⒈%/".codePoints().toArray();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.appendCodePoint(
            random.nextInt(4) == 0
                ? random.nextInt(Character.MAX_CODE_POINT + 1)
                : palette[random.nextInt(palette.length)]);
      }
      isANameOrRefused(text.toString());
    }
  }

  private static void isANameOrRefused(String text) {
    try {
      DomainName name = DomainName.of(text);
      assertTrue(name.value().matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*"), name.value());
      assertEquals(name, DomainName.of(name.value()));
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("domain name: "), e::toString);
    }
  }

  private static String refusal(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> DomainName.of(text));
    return String.valueOf(refused.getMessage());
  }
}
