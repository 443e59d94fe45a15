package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.TerminalText;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "br.gif",
        "Côte_d'Ivoire.gif",
        "日本.gif",
        "🇧🇷.gif",
        "می\u200Cخواهم",
        ".hidden",
        "...a",
        "a b",
        "a..b",
        "~",
        "-rf",
        "COM",
        "COM10",
        "COM0",
        "CONSOLE.gif",
        "null",
        "a.con",
        ".sluice"
      })
  void acceptsOrdinaryNamesUnchanged(String value) {
    assertEquals(value, FileName.of(value).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "/",
        "../a",
        "..\\a",
        "/etc/passwd",
        "C:a",
        "a:stream",
        "a/b",
        "a\\b",
        "a*",
        "a?",
        "a\"",
        "<a",
        ">a",
        "a|b",
        "a\0b",
        "a\nb",
        "\u001B[2Ja",
        "a\u007F",
        "a\u0085",
        "a\u009Bb",
        "\u202Egif.exe",
        "\u2066a",
        "a\u200Eb",
        "a\u200Bb",
        "\uFEFFa",
        "a\u2028b",
        "a\u2029b",
        "a\uD800",
        "\uDC00a",
        " a",
        "a ",
        "a\u00A0",
        "\u3000a",
        " ",
        "a.",
        "a...",
        "CON",
        "con.gif",
        "Con .gif",
        "nul.tar.gz",
        "PRN",
        "AUX.",
        "com1",
        "LPT9.txt",
        "COM\u00B9",
        "CONOUT$",
        ".sluice-1-1.tmp",
        ".SLUICE-x"
      })
  void refusesUnsafeNames(String value) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> FileName.of(value));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("allowed are 1 to 255 bytes"), message);
    assertTrue(message.codePoints().noneMatch(FileNameTest::isUnsafeInATerminal), message);
    assertThrows(IllegalArgumentException.class, () -> new FileName(value));
  }

  @Test
  void messageShowsTheNameAndTheFirstBadCharacter() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> FileName.of("x\u202Egif.exe"));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.startsWith("value: the file name \"x<U+202E>gif.exe\" has U+202E; "), message);
  }

  @Test
  void messageShortensALongName() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> FileName.of("a".repeat(1_000_000)));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("(1000000 characters) has 1000000 bytes"), message);
    assertTrue(message.length() < 500, message);
  }

  @Test
  void rejectsNullWithTheNameOfTheArgument() {
    NullPointerException refusal =
        assertThrows(NullPointerException.class, () -> FileName.of(nothing()));

    assertEquals("value", refusal.getMessage());
  }

  @Test
  void limitsBytesInUtf8NotCharacters() {
    assertEquals(255, FileName.of("a".repeat(255)).value().length());
    assertEquals(127, FileName.of("é".repeat(127)).value().length());
    assertThrows(IllegalArgumentException.class, () -> FileName.of("a".repeat(256)));
    assertThrows(IllegalArgumentException.class, () -> FileName.of("é".repeat(128)));
  }

  @Test
  void composedAndDecomposedFormsAreEqual() {
    assertEquals(FileName.of("Cura\u00E7ao"), FileName.of("Curac\u0327ao"));
    assertEquals("Cura\u00E7ao", FileName.of("Curac\u0327ao").toString());
    assertEquals(255, FileName.of("e\u0301".repeat(127) + "a").value().getBytes(UTF_8).length);
  }

  @Test
  void randomNamesNeverPointOutsideTheFolder() {
    Random random = new Random(20_261_121L);
    Path folder = Path.of("/some/folder");
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      String name = randomName(random);
      if (isAccepted(name)) {
        accepted++;
        Path file = folder.resolve(FileName.of(name).value());
        assertEquals(folder, file.normalize().getParent(), () -> TerminalText.quoted(name));
        assertEquals(3, file.getNameCount(), () -> TerminalText.quoted(name));
        assertEquals(FileName.of(name).value(), String.valueOf(file.getFileName()));
        assertFalse(TempName.isTemp(FileName.of(name).value()));
      }
    }
    assertTrue(
        accepted > 2_000, "only " + accepted + " names were accepted, too few to prove anything");
  }

  @Test
  void aSuffixForWhichThereIsNoRoomIsRefused() {
    FileName name = FileName.of("a.txt");
    assertEquals("_".repeat(251) + ".txt", name.withSuffix("_".repeat(251)).value());
    for (String suffix : List.of("_".repeat(252), "é".repeat(300))) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> name.withSuffix(suffix));
      assertTrue(String.valueOf(refusal.getMessage()).startsWith("suffix: "), refusal::getMessage);
    }
  }

  private static boolean isAccepted(String name) {
    try {
      FileName.of(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Joins parts that are known to escape from folders, and some random UTF-16 units. */
  private static String randomName(Random random) {
    String[] parts = {"..", ".", "/", "\\", "a", "é", "e\u0301", "~", "%2e", " ", "🇧🇷", "NUL"};
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(4) == 0) {
        name.append((char) random.nextInt(0x10000));
      } else {
        name.append(parts[random.nextInt(parts.length)]);
      }
    }
    return name.toString();
  }

  private static boolean isUnsafeInATerminal(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // A caller may have no checker.
  private static <T> T nothing() {
    return null;
  }
}
