package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProbeStatisticsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StringWriter shown = new StringWriter();
  private double share;
  private final ProbeStatistics meter =
      new ProbeStatistics(nanos::get, () -> share, new DnsResultFields().verdicts());

  @Test
  void showsCountsRateAndTimeLeft() {
    count(30);
    nanos.set(10_000_000_000L);
    share = 0.25;
    assertEquals(
        "32 done: 0 found, 1 no address, 30 not found, 1 unknown, 3/s, 30 s left",
        meter.progress());
  }

  @Test
  void showsNoTimeLeftIfTheSizeIsUnknown() {
    count(8);
    nanos.set(1_000_000_000L);
    assertEquals("10 done: 0 found, 1 no address, 8 not found, 1 unknown, 10/s", meter.progress());
    assertEquals(
        "10 done: 0 found, 1 no address, 8 not found, 1 unknown in 1.00 s, 10/s", meter.summary());
  }

  @Test
  void printsALineIntoAFileEveryTenSeconds() {
    ProgressLine screen = ProgressLine.file(new PrintWriter(shown), nanos::get);
    for (int second = 0; second <= 25; second++) {
      nanos.set(second * 1_000_000_000L);
      screen.show(meter);
    }
    screen.end("end");
    assertEquals(3, shown.toString().lines().count(), shown::toString);
  }

  @Test
  void overwritesOneLineOnATerminal() {
    ProgressLine screen = ProgressLine.terminal(new PrintWriter(shown), nanos::get, 80);
    nanos.set(600_000_000L);
    screen.show(meter);
    screen.end("end");
    String line = meter.progress();
    String last = "end" + " ".repeat(line.length() - 3);
    assertEquals("\r" + line + "\r" + last + System.lineSeparator(), shown.toString());
  }

  @Test
  void isNotWiderThanTheTerminal() {
    ProgressLine screen = ProgressLine.terminal(new PrintWriter(shown), nanos::get, 30);
    nanos.set(600_000_000L);
    screen.show(meter);
    assertEquals("\r" + meter.progress().substring(0, 29), shown.toString());
  }

  private void count(int notFound) {
    for (int i = 0; i < notFound; i++) {
      meter.count(ProbeVerdict.NOT_FOUND);
    }
    meter.count(ProbeVerdict.NO_ADDRESS);
    meter.count(ProbeVerdict.UNKNOWN);
  }
}
