package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.testing.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChessTest {
  @Test
  void twelveHoursBecomeOne() {
    assertEquals(
        List.of(
            "opponents: 24, move pairs: 30, a move: 5 s and 55 s",
            "synchronous: 12 h",
            "asynchronous: 1 h, and 55 s more until the last reply"),
        Run.of("chess").lines());
  }

  @Test
  void theChampionWaitsWhenThereAreTooFewBoards() {
    // Two boards: 5 s at each, then 50 s until the first has replied.
    assertEquals(
        List.of(
            "opponents: 2, move pairs: 3, a move: 5 s and 55 s",
            "synchronous: 6 min",
            "asynchronous: 2 min 10 s, and 55 s more until the last reply"),
        Run.of("chess", "--opponents", "2", "--pairs", "3").lines());
  }

  @Test
  void oneOpponentTakesAsLongEitherWay() {
    assertEquals(
        List.of(
            "opponents: 1, move pairs: 1, a move: 1.5 s and 2 s",
            "synchronous: 3.5 s",
            "asynchronous: 1.5 s, and 2 s more until the last reply"),
        Run.of("chess", "--opponents=1", "--pairs=1", "--move=1500ms", "--reply=2").lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--opponents | 0     | '0': allowed are 1 to 1000",
        "--opponents | -3    | '-3': allowed are 1 to 1000",
        "--pairs     | many  | 'many': allowed are 1 to 1000",
        "--pairs     | 1001  | '1001': allowed are 1 to 1000",
        "--move      | 0     | '0' is not a timeout: allowed is anything longer than zero",
        "--reply     | 61m   | '61m': allowed is up to 1h",
        "--reply     | 5 min | '5 min' is not a duration: allowed are seconds (3.1), a number with ms, s, m or h (500ms), and PT3.1S",
      },
      quoteCharacter = '"')
  void refusesNonsense(String option, String value, String complaint) {
    Run run = Run.of("chess", option, value);
    assertEquals(2, run.status());
    assertEquals(
        "sluice chess: Invalid value for option '%s': %s (see 'sluice chess --help')"
            .formatted(option, complaint),
        run.err().strip());
  }
}
