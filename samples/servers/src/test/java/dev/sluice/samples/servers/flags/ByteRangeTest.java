package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 99",
    "bytes=10-19, 10, 19",
    "bytes=90-200, 90, 99",
    "bytes=-1, 99, 99",
    "bytes=-100, 0, 99",
    "bytes=-101, 0, 99",
    "bytes=-99999999999999999999, 0, 99",
    "bytes=5-99999999999999999999, 5, 99",
    "BYTES=1-2, 1, 2"
  })
  void isClippedToTheFile(String field, int first, int last) {
    Optional<ByteRange> range = ByteRange.parse(field).flatMap(asked -> asked.within(100));
    assertEquals(Optional.of(new ByteRange(first, last)), range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
  void isNotSatisfiableBehindTheEnd(String field) {
    assertEquals(Optional.empty(), ByteRange.parse(field).orElseThrow().within(100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0-1,5-6",
        "bytes=0 - 1",
        "bytes=--1"
      })
  void isEmptyForAnythingButASingleByteRange(String field) {
    assertEquals(Optional.empty(), ByteRange.parse(field));
  }
}
