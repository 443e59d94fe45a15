package dev.sluice.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes entries as lines of JSON. */
final class LineWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;

  private LineWriter() {}

  /** The line of an entry in UTF-8, with the line feed at its end. */
  static byte[] line(JournalEntry entry) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      write(entry, json);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory cannot fail", e);
    }
    return line.toByteArray();
  }

  private static void write(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField(LineFields.V, LineFields.VERSION);
    json.writeStringField(LineFields.KEY, entry.key());
    json.writeStringField(LineFields.VERDICT, entry.verdict().text());
    json.writeNumberField(LineFields.ATTEMPTS, entry.attempts());
    if (entry.status() != 0) {
      json.writeNumberField(LineFields.STATUS, entry.status());
    }
    write(LineFields.RCODE, entry.rcode(), json);
    if (entry.bytes() >= 0) {
      json.writeNumberField(LineFields.BYTES, entry.bytes());
    }
    write(LineFields.DIGEST, entry.digest(), json);
    write(LineFields.FILE, entry.file(), json);
    write(LineFields.LANE, entry.lane(), json);
    if (entry.permits() > 0) {
      json.writeNumberField(LineFields.PERMITS, entry.permits());
    }
    json.writeStringField(LineFields.START, entry.start().toString());
    writeTimes(entry, json);
    if (entry.error() != null) {
      write(entry.error(), json);
    }
    json.writeEndObject();
  }

  private static void write(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeTimes(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(LineFields.MICROS);
    json.writeNumberField(LineFields.TOTAL, entry.took().toNanos() / 1_000);
    for (Map.Entry<Phase, Duration> each : entry.phases().of().entrySet()) {
      json.writeNumberField(LineFields.name(each.getKey()), each.getValue().toNanos() / 1_000);
    }
    json.writeEndObject();
  }

  private static void write(JournalError error, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(LineFields.ERROR);
    json.writeStringField(LineFields.KIND, error.kind());
    json.writeStringField(LineFields.MESSAGE, error.message());
    json.writeBooleanField(LineFields.RETRYABLE, error.isRetryable());
    json.writeEndObject();
  }
}
