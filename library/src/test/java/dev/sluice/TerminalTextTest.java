package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
  @Test
  void visibleTextStaysAsItIs() {
    String text = "São Tomé, 中国 🎵 'x' \"y\" <z>";
    assertSame(text, TerminalText.escaped(text));
    assertEquals(text, TerminalText.line(text));
  }

  @ParameterizedTest
  @CsvSource({
    "001B, <U+001B>", // escape
    "0000, <U+0000>",
    "000A, <U+000A>", // line feed
    "009B, <U+009B>", // C1: a one-byte CSI
    "202E, <U+202E>", // right-to-left override
    "2028, <U+2028>", // line separator
    "2029, <U+2029>", // paragraph separator
    "FEFF, <U+FEFF>",
    "D800, <U+D800>", // half a surrogate pair
    "E000, <U+E000>", // private use
    "E0001, <U+E0001>", // language tag
    "0378, <U+0378>", // unassigned
  })
  void invisibleCharactersAreReplacedByTheirNumber(String hex, String number) {
    String character = Character.toString(Integer.parseInt(hex, 16));
    assertEquals("a" + number + "b", TerminalText.line("a" + character + "b"));
    assertEquals("\"" + number + "\"", TerminalText.quoted(character));
    assertEquals(
        number.substring(1, number.length() - 1), TerminalText.codePoint(character.codePointAt(0)));
  }

  @Test
  void lineKeepsAtMost200CodePoints() {
    assertEquals("🎵".repeat(200), TerminalText.line("🎵".repeat(200)));
    assertEquals("🎵".repeat(200) + "…", TerminalText.line("🎵".repeat(201)));
    assertEquals("ab…", TerminalText.line("abc", 2));
    assertEquals("…", TerminalText.line("abc", 0));
    assertEquals("", TerminalText.line("", 0));
    assertThrows(IllegalArgumentException.class, () -> TerminalText.line("abc", -1));
  }

  @Test
  void quotedTextThatIsTooLongHasItsLengthAddedInBrackets() {
    assertEquals("\"" + "x".repeat(60) + "\"", TerminalText.quoted("x".repeat(60)));
    assertEquals(
        "\"" + "x".repeat(60) + "…\" (1000 characters)", TerminalText.quoted("x".repeat(1_000)));
  }

  @Test
  void visibleCharactersAreQuoted() {
    assertEquals("'*'", TerminalText.codePoint('*'));
    assertEquals("'🎵'", TerminalText.codePoint("🎵".codePointAt(0)));
  }
}
