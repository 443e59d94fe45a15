package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      })
  void leavesOutUserAndPassword(String text, String expected) {
    assertEquals(expected, Urls.withoutSecrets(text));
  }
}
