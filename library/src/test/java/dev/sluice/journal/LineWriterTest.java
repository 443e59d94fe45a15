package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are the same, byte by byte, as those of Jackson's generator, which wrote them once. */
@Timeout(60)
final class LineWriterTest {
  private static final String[] TEXTS = {
    "",
    "a.test",
    "\"\\/",
    "\b\t\n\f\r\u0000\u001f\u007f\u0080",
    "é\u07ff\u0800日\ufffd\uffff",
    "\ud83d\udc1f",
    "\ud83d",
    "\udc1f\ud83d",
    "\u2028",
    "x".repeat(300_000)
  };

  private final Random random = new Random(2_308);

  @Test
  void linesAreThoseOfJackson() throws IOException {
    LineWriter writer = new LineWriter();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      JournalEntry entry = randomEntry();
      String line = byJackson(entry);
      assertEquals(line, new String(LineWriter.line(entry), UTF_8));
      expected.writeBytes(line.getBytes(UTF_8));
      writer.add(entry);
    }
    JsonBytes lines = writer.lines();
    assertEquals(expected.toString(UTF_8), new String(lines.array(), 0, lines.size(), UTF_8));
  }

  @Test
  void everyCharIsWrittenAsByJackson() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c).append('.');
    }
    JournalEntry entry = Entries.success(all.toString());
    assertEquals(byJackson(entry), new String(LineWriter.line(entry), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T12:00:00Z",
        "2026-11-29T12:00:00.010Z",
        "2026-11-29T12:00:00.000010Z",
        "2026-11-29T12:00:00.000000001Z",
        "2026-11-29T12:00:01.100Z",
        "1969-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.5Z",
        "+10000-01-01T00:00:00.5Z",
        "-1000000000-01-01T00:00:00Z"
      })
  void timesHaveTheTextOfAnInstant(String text) {
    JsonBytes json = new JsonBytes();
    TimeText.add(Instant.parse(text), json);
    assertEquals(
        '"' + Instant.parse(text).toString() + '"',
        new String(json.array(), 0, json.size(), UTF_8));
  }

  @Test
  void aLongLineDoesNotKeepItsMemory() {
    JsonBytes json = new JsonBytes();
    json.text("x".repeat(1_000_000));
    json.clear();
    assertTrue(json.array().length < 1_000, "the array is a small one again");
  }

  private JournalEntry randomEntry() {
    JournalVerdict[] verdicts = JournalVerdict.values();
    Map<Phase, Duration> phases = new TreeMap<>();
    for (Phase phase : Phase.values()) {
      if (random.nextBoolean()) {
        phases.put(phase, Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62))));
      }
    }
    return new JournalEntry(
        text(),
        verdicts[random.nextInt(verdicts.length)],
        random.nextInt(3) - 1,
        random.nextInt(3) * 200,
        random.nextBoolean() ? null : text(),
        random.nextLong(1L << random.nextInt(1, 62)) - 1,
        random.nextBoolean() ? null : text(),
        random.nextBoolean() ? null : text(),
        random.nextBoolean() ? null : text(),
        random.nextInt(3),
        Entries.START.plusNanos(random.nextLong(1L << random.nextInt(1, 50))),
        Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62))),
        new PhaseTimes(phases),
        random.nextBoolean() ? null : new JournalError(text(), text(), random.nextBoolean()));
  }

  private String text() {
    // The last one is long.
    boolean isLong = random.nextInt(1_000) == 0;
    return TEXTS[isLong ? TEXTS.length - 1 : random.nextInt(TEXTS.length - 1)];
  }

  private static String byJackson(JournalEntry entry) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeStringField("key", entry.key());
      json.writeStringField("verdict", entry.verdict().text());
      json.writeNumberField("attempts", entry.attempts());
      if (entry.status() != 0) {
        json.writeNumberField("status", entry.status());
      }
      write("rcode", entry.rcode(), json);
      if (entry.bytes() >= 0) {
        json.writeNumberField("bytes", entry.bytes());
      }
      write("digest", entry.digest(), json);
      write("file", entry.file(), json);
      write("lane", entry.lane(), json);
      if (entry.permits() > 0) {
        json.writeNumberField("permits", entry.permits());
      }
      json.writeStringField("start", entry.start().toString());
      writeTimes(entry, json);
      write(entry.error(), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return line.toString(UTF_8);
  }

  private static void write(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeTimes(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("micros");
    json.writeNumberField("total", entry.took().toNanos() / 1_000);
    for (Map.Entry<Phase, Duration> each : entry.phases().of().entrySet()) {
      json.writeNumberField(LineFields.name(each.getKey()), each.getValue().toNanos() / 1_000);
    }
    json.writeEndObject();
  }

  private static void write(@Nullable JournalError error, JsonGenerator json) throws IOException {
    if (error != null) {
      json.writeObjectFieldStart("error");
      json.writeStringField("kind", error.kind());
      json.writeStringField("message", error.message());
      json.writeBooleanField("retryable", error.isRetryable());
      json.writeEndObject();
    }
  }
}
