package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class EscapesTest {
  @Test
  void jsonEscapesQuotesAndControlCharacters() {
    assertEquals("\"a\\\"b\\\\c\\u000a\\u0000é\"", escaped(Escapes::json, "a\"b\\c\n\0é"));
    assertEquals("\"😀\\ud83d\"", escaped(Escapes::json, "😀\ud83d"));
    assertEquals("\"\\ude00x\"", escaped(Escapes::json, "\ude00x"));
  }

  @Test
  void csvQuotesFieldsThatNeedIt() {
    assertEquals("plain.dev", escaped(Escapes::csv, "plain.dev"));
    assertEquals("\"a,b\"", escaped(Escapes::csv, "a,b"));
    assertEquals("\"a\"\"b\"", escaped(Escapes::csv, "a\"b"));
    assertEquals("\"a\r\nb\"", escaped(Escapes::csv, "a\r\nb"));
    assertEquals("\" a\"", escaped(Escapes::csv, " a"));
    assertEquals("", escaped(Escapes::csv, ""));
  }

  @Test
  void lineEscapesControlCharacters() {
    assertEquals("a<U+001B>[2Jb<U+009B>é", escaped(Escapes::line, "a\u001b[2Jb\u009bé"));
  }

  private static String escaped(BiConsumer<StringBuilder, String> escape, String text) {
    StringBuilder escaped = new StringBuilder();
    escape.accept(escaped, text);
    return escaped.toString();
  }
}
