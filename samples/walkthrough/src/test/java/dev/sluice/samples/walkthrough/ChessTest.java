package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.testing.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChessTest {
  @Test
  void playingAllGamesAtOnceTakesOneHourInsteadOfTwelve() {
    assertEquals(
        List.of(
            "opponents: 24, move pairs: 30, a move: 5 s and 55 s",
            "synchronous: 12 h",
            "asynchronous: 1 h, and 55 s more until the last reply"),
        Run.of("chess").lines());
  }

  @Test
  void theChampionWaitsWhenThereAreTooFewGames() {
    // Two games: 5 s for each move, then a wait of 50 s for the first reply.
    assertEquals(
        List.of(
            "opponents: 2, move pairs: 3, a move: 5 s and 55 s",
            "synchronous: 6 min",
            "asynchronous: 2 min 10 s, and 55 s more until the last reply"),
        Run.of("chess", "--opponents", "2", "--pairs", "3").lines());
  }

  @Test
  void oneGameTakesTheSameTimeEitherWay() {
    assertEquals(
        List.of(
            "opponents: 1, move pairs: 1, a move: 1.5 s and 2 s",
            "synchronous: 3.5 s",
            "asynchronous: 1.5 s, and 2 s more until the last reply"),
        Run.of("chess", "--opponents=1", "--pairs=1", "--move=1500ms", "--reply=2").lines());
  }

  @Test
  void opponentsMayReplyWithoutDelay() {
    assertEquals(
        List.of(
            "opponents: 2, move pairs: 3, a move: 5 s and 0 s",
            "synchronous: 30 s",
            "asynchronous: 30 s, and 0 s more until the last reply"),
        Run.of("chess", "--opponents=2", "--pairs=3", "--reply=0s").lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--opponents | 0     | '0': allowed are 1 to 1000",
        "--opponents | -3    | '-3': allowed are 1 to 1000",
        "--pairs     | many  | 'many': allowed are 1 to 1000",
        "--pairs     | 1001  | '1001': allowed are 1 to 1000",
        "--move      | -1s   | '-1s' is not a duration: allowed are seconds (3.1), a number with ms, s, m or h (500ms), and PT3.1S",
        "--reply     | 61m   | '61m': allowed is up to 1h",
        "--reply     | 5 min | '5 min' is not a duration: allowed are seconds (3.1), a number with ms, s, m or h (500ms), and PT3.1S",
      },
      quoteCharacter = '"')
  void refusesValuesOutOfRange(String option, String value, String message) {
    Run run = Run.of("chess", option, value);
    assertEquals(2, run.status());
    assertEquals(
        "sluice chess: %s: %s (see 'sluice chess --help')".formatted(option, message),
        run.err().strip());
  }
}
