package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MarblesTest {
  private static final Path CLONE = Path.of("..", "..");

  @Test
  void everyCommittedPictureIsTheOneThatItsSceneDraws() throws Exception {
    for (Map.Entry<Path, String> file : Marbles.svgFiles().entrySet()) {
      Path committed = CLONE.resolve(file.getKey());
      assertEquals(
          file.getValue(),
          Files.exists(committed) ? Files.readString(committed) : "",
          file.getKey() + " differs from its scene; 'sluice marbles --write .' draws it anew");
    }
  }

  @Test
  void drawsACancelledWorkInTheTerminal() {
    List<String> lines = Run.of("marbles", "timeouts").lines();
    assertEquals(
        List.of(
            "== timeouts",
            "wait_for(gather(A, B), 1.5)",
            "   0         0.5       1         1.5 s",
            "A  o-----------------------------! cancelled",
            "B  o-----------------------------! cancelled",
            "                                 * raised: timed out",
            ""),
        lines.subList(0, 7));
  }

  @Test
  void leavesOutTheTitleOnlyWhereALineRepeatsIt() {
    List<String> lines = Run.of("marbles", "waiting", "classic", "sayafter").lines();
    for (String shown : List.of("* awaited: A", "* gathered: [A, B]", "* send(10) -> 10.0")) {
      assertTrue(lines.stream().anyMatch(line -> line.endsWith(shown)), shown);
    }
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("* 3.0 s")), "sequential: 3.0 s");
  }

  @Test
  void saysWhichScenesThereAre() {
    Run run = Run.of("marbles", "timeouts", "xx");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("marbles: 'xx': allowed are "), run::err);
    assertTrue(run.err().contains(", timeouts, "), run::err);
  }

  @Test
  void cutsNoLineShort() {
    Marbles.svgFiles()
        .forEach((file, svg) -> assertFalse(svg.contains("…</text>"), file::toString));
  }

  @Test
  void refusesAnUnknownScene() {
    Run run = Run.of("marbles", "juggling");
    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @Test
  void drawsOneSceneTwiceTheSameWay() {
    List<String> first = Run.of("marbles", "threads", "webpage", "queue").lines();
    for (int i = 0; i < 20; i++) {
      assertEquals(first, Run.of("marbles", "threads", "webpage", "queue").lines());
    }
  }
}
