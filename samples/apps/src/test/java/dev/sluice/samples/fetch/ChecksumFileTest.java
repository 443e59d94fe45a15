package dev.sluice.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumFileTest {
  private static final String SHA_1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  private static final String SHA_256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String OTHER = SHA_256.replace('e', 'f');

  @TempDir Path folder;

  @Test
  void readsTheLinesOfSha256sumAndItsSiblings() throws IOException {
    ChecksumFile sums =
        read(
            "# made by hand\r\n\n"
                + (SHA_256 + "  a.iso\n")
                + (SHA_256.toUpperCase(Locale.ROOT) + " *./pool/b c.iso\n")
                + (SHA_1 + "  d\n")
                + ("\\" + SHA_256 + "  new\\nline\n")
                + ("\\" + SHA_256 + "  back\\\\name\n")
                + ("SHA256 (e (1).iso) = " + SHA_256));
    assertEquals(Optional.of("sha-256=" + SHA_256), sums.of("a.iso"));
    assertEquals(Optional.of("sha-256=" + SHA_256), sums.of("b c.iso"));
    assertEquals(Optional.of("sha-1=" + SHA_1), sums.of("d"));
    assertEquals(Optional.of("sha-256=" + SHA_256), sums.of("new\nline"));
    assertEquals(Optional.of("sha-256=" + SHA_256), sums.of("back\\name"));
    assertEquals(Optional.of("sha-256=" + SHA_256), sums.of("e (1).iso"));
    assertEquals(Optional.empty(), sums.of("f"));
  }

  @Test
  void aNameMayBeginWithABlankOrAnAsterisk() throws IOException {
    ChecksumFile sums =
        read(
            (SHA_256 + "  *f\n")
                + (SHA_256 + " **g\n")
                + (SHA_256 + "   h\n")
                + (SHA_256 + " * i\n")
                + ("\\" + SHA_256 + "  *\\\\j\n")
                + (SHA_256 + "  k\u2028l\uFFFD\n")
                + (SHA_256 + " m\n")
                + (SHA_256 + "\t*n\n"));
    for (String name : List.of("*f", "*g", " h", " i", "*\\j", "k\u2028l\uFFFD", "m", "n")) {
      assertEquals(Optional.of("sha-256=" + SHA_256), sums.of(name), name);
    }
    for (String name : List.of("f", "g", "h", "i", " m", "*n")) {
      assertEquals(Optional.empty(), sums.of(name), name);
    }
  }

  @Test
  void refusesToChooseBetweenTwo() throws IOException {
    ChecksumFile sums = read(SHA_256 + "  one/a\n" + OTHER + "  two/a\n" + SHA_256 + "  three/a");
    assertThrows(BadItemException.class, () -> sums.of("a"));
    assertEquals(
        Optional.of("sha-256=" + SHA_256),
        read(SHA_256 + "  one/a\n" + SHA_256 + "  two/a\n").of("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc  a",
        "not a checksum",
        SHA_256,
        SHA_256 + "0  a",
        "SHA3-256 (a) = " + SHA_256
      })
  void refusesOtherLines(String line) {
    ListException e = assertThrows(ListException.class, () -> read("\n" + line + "\n"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("line 2: "), e::getMessage);
  }

  private ChecksumFile read(String text) throws IOException {
    return ChecksumFile.read(Files.writeString(folder.resolve("sums"), text));
  }
}
