package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameReaderTest {
  @Test
  void readsNamesAndSkipsEmptyLinesAndComments() throws IOException {
    assertEquals(
        List.of("a.dev", "b.dev", "c.dev"), all("a.dev\r\n\n# a comment\n  b.dev \n\t\nc.dev"));
    assertEquals(List.of(), all(""));
    assertEquals(List.of(), all("\n\n#\n"));
  }

  @Test
  void skipsTheByteOrderMark() throws IOException {
    assertEquals(List.of("a.dev", "b.dev"), all("\uFEFFa.dev\nb.dev"));
    assertEquals(List.of("b.dev"), all("\uFEFF# a comment\nb.dev"));
    assertEquals(List.of(), all("\uFEFF"));
  }

  @Test
  void cutsALineThatIsTooLongAndReadsTheNextOne() throws IOException {
    String start = "x".repeat(NameReader.MAX_LINE);
    for (int length : new int[] {1_001, 65_535, 65_536, 65_537, 200_000}) {
      String text = "a\n" + "x".repeat(length) + "\nb\n";
      assertEquals(List.of("a", start, "b"), all(text), () -> "length " + length);
    }
  }

  @Test
  void losesNothingAtTheEdgesOfItsBuffer() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      names.add("name" + i + ".dev");
    }
    assertEquals(names, all(String.join("\n", names)));
  }

  private static List<String> all(String text) throws IOException {
    List<String> all = new ArrayList<>();
    try (NameReader reader = new NameReader(new StringReader(text))) {
      for (List<String> some = reader.next(); !some.isEmpty(); some = reader.next()) {
        all.addAll(some);
      }
    }
    return all;
  }
}
