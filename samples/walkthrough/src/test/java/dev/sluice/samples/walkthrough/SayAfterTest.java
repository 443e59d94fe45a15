package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SayAfterTest {
  @Test
  void sequentialTakesTheSumAndConcurrentTheLongest() {
    assertEquals(
        List.of(
            "1.0 hello",
            "3.0 world",
            "3.0 sequential: 3.0 s",
            "4.0 hello",
            "5.0 world",
            "5.0 concurrent: 2.0 s"),
        VirtualTime.linesOf(new SayAfter()::run));
  }
}
