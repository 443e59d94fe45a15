package dev.sluice.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fetch.Spans.Span;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record says of the bytes that are there, and the segments that are missing. */
class SpansTest {
  private static final URI URL = URI.create("http://example.org/x");
  private static final Validators VALIDATORS = new Validators("\"1\"", "", false);

  @Test
  void aTextIsReadAsItWasWritten() {
    Spans spans = new Spans(List.of(new Span(0, 5), new Span(7, 8)));
    assertEquals("0-4,7-7", spans.text());
    assertEquals(spans, Spans.of(spans.text()));
    assertEquals(6, spans.bytes());
    assertEquals(5, spans.prefix());
    assertEquals(List.of(new Span(5, 7), new Span(8, 10)), spans.gaps(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0-", "5-4", "0-4,4-9", "0-4,5-9", "9-10,0-4", "0-4,", "x"})
  void whatIsNoSuchTextHasNoBytes(String text) {
    assertEquals(Spans.NONE, Spans.of(text));
  }

  @Test
  void bytesBehindTheEndOfTheFileAreNotThere() {
    Spans spans = Spans.of("0-4,7-9");
    assertEquals("0-4,7-7", spans.within(8).text());
    assertEquals("0-2", spans.within(3).text());
    assertEquals(0, Spans.of("3-4").prefix());
  }

  @Test
  void aRecordWithoutBytesIsNotOneOfAWholeStart() {
    PartRecord record = new PartRecord(URL.toString(), VALIDATORS, 10);
    PartRecord none = PartRecord.of(record.with(Spans.NONE).json(), URL).orElseThrow();
    assertEquals(0, none.prefix(10));
    assertEquals(10, PartRecord.of(record.json(), URL).orElseThrow().prefix(10));
    PartRecord some = PartRecord.of(record.with(Spans.of("0-4,7-9")).json(), URL).orElseThrow();
    assertEquals(5, some.prefix(10));
    assertEquals(3, some.prefix(3));
  }

  /** The disk has no room for the gaps. */
  @Test
  void gapsAreNotThereAlsoInARecordOfNoUse() {
    PartRecord record = new PartRecord(URL.toString(), Validators.NONE, 10);
    assertEquals(10, PartRecord.bytesIn(record.json(), 10));
    assertEquals(6, PartRecord.bytesIn(record.with(Spans.of("0-4,7-7,9-9")).json(), 9));
    assertEquals(0, PartRecord.bytesIn(record.with(Spans.NONE).json(), 10));
    assertEquals(10, PartRecord.bytesIn("of another make", 10));
  }

  /** A program that knows no spans must not take the length of the file for what is there. */
  @Test
  void aRecordWithSpansHasAnotherVersion() {
    PartRecord record = new PartRecord(URL.toString(), VALIDATORS, 10);
    assertTrue(record.json().startsWith("{\"v\":1,"), record::json);
    assertTrue(record.with(Spans.NONE).json().startsWith("{\"v\":2,"), record::json);
    assertTrue(PartRecord.of(record.json().replace("\"v\":1", "\"v\":3"), URL).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | '' | 4 | 10 | 75-99 50-74 25-49 0-24",
        "101 | '' | 4 | 10 | 76-100 51-75 26-50 0-25",
        "100 | '' | 4 | 30 | 67-99 34-66 0-33",
        "59 | '' | 4 | 30 | 0-58",
        "100 | 0-9,50-99 | 4 | 10 | 40-49 30-39 20-29 10-19",
        "100 | 0-9,20-24,30-94 | 2 | 10 | 95-99 25-29 10-19"
      })
  void theGapsAreCutIntoSegments(long length, String spans, int most, long least, String expected) {
    Segments segments = Segments.of(length, Spans.of(spans), most, least);
    String free =
        segments.free().stream()
            .map(segment -> segment.from() + "-" + (segment.to() - 1))
            .reduce("", (all, next) -> all.isEmpty() ? next : all + " " + next);
    assertEquals(expected, free);
    assertEquals(Spans.of(spans), segments.spans());
  }
}
