package dev.sluice.samples.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Flowable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters and recorded events of downloads from a flag server on the loopback interface. */
@Timeout(60)
final class WatchingTest {
  @TempDir Path work;

  @Test
  void metersCountAttemptsAndOutcomes() throws IOException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Limiter limiter = Limiter.of(4);
    MeterListener listener = new MeterListener(meters);
    listener.watch(limiter);
    try (listener;
        FlagServer server = FlagServer.start(HttpServerSettings.onLoopback());
        Flags flags = Flags.inMemory(server.uri(), FlagOptions.of(Policy.of(limiter)))) {
      Flowable.just("br", "us", "zz").compose(flags.imagesOfText()::runAll).blockingSubscribe();
    }
    assertEquals(3, meters.get("sluice.permit").timer().count());
    assertEquals(2, meters.get("sluice.attempt").tag("status", "succeeded").timer().count());
    assertEquals(1, meters.get("sluice.attempt").tag("status", "not_found").timer().count());
    assertEquals(2, meters.get("sluice.outcome").tag("kind", "Success").counter().count());
    assertEquals(0, meters.get("sluice.in.flight").gauge().value());
  }

  @Test
  void theProgramsPrintTheirMetersAndOutcomes() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      String meters = printed(() -> PrintMeters.main(server.uri().toString()));
      assertTrue(meters.contains("sluice.outcome(COUNTER)[kind='Success']; count=20.0"), meters);
      String outcomes = printed(() -> RecordDownloads.main(server.uri().toString()));
      assertEquals(20, outcomes.lines().filter(line -> line.startsWith("Success[")).count());
    }
  }

  private static String printed(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theFlightRecorderHasAnEventForEachAttempt() throws IOException {
    Path file = work.resolve("run.jfr");
    try (Recording recording = new Recording();
        FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      recording.start();
      Limiter limiter = Limiter.of(4);
      RecordingListener listener = new RecordingListener();
      listener.watch(limiter);
      try (listener;
          Flags flags = Flags.inMemory(server.uri(), FlagOptions.of(Policy.of(limiter)))) {
        Flowable.fromIterable(CountryCode.mostPopulous())
            .compose(flags.images()::runAll)
            .blockingSubscribe();
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> attempts =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("dev.sluice.Attempt"))
            .toList();
    assertEquals(20, attempts.size());
    assertTrue(
        attempts.stream()
            .allMatch(
                event ->
                    event.getString("status").equals("SUCCEEDED")
                        && !event.getDuration("took").isZero()));
  }
}
