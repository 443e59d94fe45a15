package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class UrlsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'http://u:secret@h/' is wrong, 'http://h/' is wrong",
        "http://secret@h, http://h",
        "r2dbc:postgresql://u:p/se?c#ret@h/db, r2dbc:postgresql://h/db",
        "http://h:80/@user, http://h:80/@user",
        "http://h/a@b and http://u:secret@i/, http://h/a@b and http://i/",
        "mail to a@b, mail to a@b",
        "'u:secret@h:1' is wrong, 'h:1' is wrong",
        "-r u:secret@h: wrong, -r h: wrong",
        "12:30 a@b and h/c:d@e, 12:30 a@b and h/c:d@e",
      })
  void leavesOutUserAndPassword(String text, String expected) {
    assertEquals(expected, Urls.withoutSecrets(text));
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_host:8080, http://my_host:8080/, my_host:8080",
    "http://my_host.test/a_b, http://my_host.test/a_b, my_host.test:80",
    "HTTPS://my_host.test/x, https://my_host.test/x, my_host.test:443",
    "http://b\u00fccher.test:1/x, http://xn--bcher-kva.test:1/x, xn--bcher-kva.test:1",
    "http://127.1:1/, http://127.1:1/, 127.1:1",
    "http://h.test./x, http://h.test./x, h.test.:80",
    "http://h, http://h, h:80",
    "http://[::1]:8/x, http://[::1]:8/x, [::1]:8",
  })
  void aHostMayHaveAnUnderscoreOrLettersOutsideAscii(String text, URI expected, String address) {
    assertEquals(Optional.of(expected), Urls.parse(text));
    assertEquals(Optional.of(expected), Urls.parseBase(" " + text + " "));
    assertEquals(address, Urls.hostAndPort(text));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a|b, http://h/a%7Cb",
    "http://h/?family=A|B&x=[1]^, http://h/?family=A%7CB&x=[1]%5E",
    "http://h/{a}/<b>, http://h/%7Ba%7D/%3Cb%3E",
    "http://my_host/`a`|%41, http://my_host/%60a%60%7C%41",
  })
  void whatStandsInNoUrlIsCoded(String text, URI expected) {
    assertEquals(Optional.of(expected), Urls.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/%zz, after % two",
    "http://h/a b, a blank",
    "http://h/a\\b, a backslash",
    "http://h/a\tb, it has a control character",
  })
  void namesTheMistake(String text, String words) {
    String mistake = Urls.mistake(text).orElseThrow();
    assertTrue(mistake.startsWith(words), mistake);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no url", "ftp://h/a b", "http://h:99999/", "http://me:secret@h/"})
  void anyOtherReasonIsNoMistakeOfOneCharacter(String text) {
    assertEquals(Optional.empty(), Urls.mistake(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "my_host",
        "//my_host/",
        "http:my_host",
        "http:/my_host/",
        "http://",
        "http:///x",
        "ftp://my_host/",
        "http://me:secret@my_host/",
        "http://me@my_host/",
        "http://me@h/",
        "http://@h/",
        "http://my_host:99999/",
        "http://h:99999/",
        "http://[fe80::1%25lo]/",
        "http://h/a b",
        "http://my host/",
        "http://my_host/a b",
        "http://h/%zz",
        "http://h/100%",
        "http://h/a|b c",
        "http://h/a\\b|c",
        "http://h/a|b\u0000",
        "http://me@h/a|b",
        "http://my host/a|b",
        "http://{mirror}/file.iso",
        "http://ex|mple/x",
        "http://ex<mple/x",
        "http://ex\"mple/a|b",
      })
  void anythingElseIsNoUrl(String text) {
    assertEquals(Optional.empty(), Urls.parse(text));
  }
}
