package dev.sluice.samples.mojifinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeNamesTest {
  private static final String ALL_NAMES =
      """
      import sys, unicodedata
      for c in range(sys.maxunicode + 1):
          print(format(c, 'X'), unicodedata.name(chr(c), ''))
      """;

  @ParameterizedTest
  @CsvSource({
    "41,LATIN CAPITAL LETTER A",
    "4E00,CJK UNIFIED IDEOGRAPH-4E00",
    "20000,CJK UNIFIED IDEOGRAPH-20000",
    "F900,CJK COMPATIBILITY IDEOGRAPH-F900",
    "2F800,CJK COMPATIBILITY IDEOGRAPH-2F800",
    "AC00,HANGUL SYLLABLE GA",
    "AC01,HANGUL SYLLABLE GAG",
    "C544,HANGUL SYLLABLE A",
    "D7A3,HANGUL SYLLABLE HIH",
    "17000,TANGUT IDEOGRAPH-17000",
    "18800,TANGUT COMPONENT-001",
    "1B170,NUSHU CHARACTER-1B170",
    "18B00,KHITAN SMALL SCRIPT CHARACTER-18B00",
    "13460,EGYPTIAN HIEROGLYPH-13460",
    "18E00,JURCHEN CHARACTER-18E00",
    "3D000,SMALL SEAL CHARACTER-3D000",
    "1F431,CAT FACE",
    "1FAE0,MELTING FACE",
    "E0001,LANGUAGE TAG",
  })
  void areThoseOfTheUnicodeStandard(String hex, String name) {
    assertEquals(name, UnicodeNames.of(Integer.parseInt(hex, 16)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "A", "7F", "85", "D800", "DFFF", "E000", "F8FF", "FFFF", "378", "F0000", "10FFFD",
        "10FFFF"
      })
  void areEmptyForControlsSurrogatesPrivateUseAndUnassigned(String hex) {
    assertEquals("", UnicodeNames.of(Integer.parseInt(hex, 16)));
  }

  @Test
  void includeAllNamesOfTheJdk() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (Character.isDefined(codePoint) && UnicodeNames.rule(codePoint).isEmpty()) {
        String ours = UnicodeNames.of(codePoint);
        switch (Character.getType(codePoint)) {
          case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE ->
              assertEquals("", ours);
          default -> assertEquals(Character.getName(codePoint), ours);
        }
      }
    }
  }

  /** Compares only characters that both know: Python 3.11 lacks the names of Tangut ideographs. */
  @Test
  void equalThoseOfPython() throws Exception {
    List<String> lines = python();
    Assumptions.assumeFalse(lines.isEmpty(), "skipped: python3 is not installed");
    int compared = 0;
    for (String line : lines) {
      int space = line.indexOf(' ');
      String theirs = line.substring(space + 1);
      String ours = UnicodeNames.of(Integer.parseInt(line.substring(0, space), 16));
      if (!theirs.isEmpty() && !ours.isEmpty()) {
        assertEquals(theirs, ours, line);
        compared++;
      }
    }
    assertTrue(compared > 130_000, compared + " names compared");
  }

  private static List<String> python() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("python3", "-c", ALL_NAMES).start();
      try (var out = python.inputReader(StandardCharsets.UTF_8)) {
        List<String> lines = out.lines().toList();
        return python.waitFor() == 0 ? lines : List.of();
      }
    } catch (IOException e) {
      System.out.println("Skipped: python3 is not installed");
      return List.of();
    }
  }
}
