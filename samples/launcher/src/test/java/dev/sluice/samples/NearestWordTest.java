package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class NearestWordTest {
  private static final List<String> WORDS =
      List.of("flags", "genres", "titles", "probe", "ledger", "flag-server", "dns-server");

  @ParameterizedTest
  @CsvSource({
    "flgs, flags",
    "flasg, flags",
    "FLAG, flags",
    "prboe, probe",
    "genre, genres",
    "flog-server, flag-server",
    "flagserver, flag-server",
    "leger, ledger",
  })
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertEquals(Optional.of(meant), NearestWord.to(typed, WORDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "fl", "download", "server"})
  void suggestsNothingWhenNoWordIsNear(String typed) {
    assertEquals(Optional.empty(), NearestWord.to(typed, WORDS));
  }
}
