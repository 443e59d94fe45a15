package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.sluice.Phase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as lines of JSON, one after another into one buffer. Without a library for JSON:
 * its generator for each line took a sixth of the time of a domain probe.
 */
final class LineWriter {
  private static final byte[] START = ascii("{\"" + LineFields.V + "\":" + LineFields.VERSION);
  private static final byte[] KEY = next(LineFields.KEY);
  private static final byte[] VERDICT = next(LineFields.VERDICT);
  private static final byte[] ATTEMPTS = next(LineFields.ATTEMPTS);
  private static final byte[] STATUS = next(LineFields.STATUS);
  private static final byte[] RCODE = next(LineFields.RCODE);
  private static final byte[] BYTES = next(LineFields.BYTES);
  private static final byte[] DIGEST = next(LineFields.DIGEST);
  private static final byte[] FILE = next(LineFields.FILE);
  private static final byte[] LANE = next(LineFields.LANE);
  private static final byte[] PERMITS = next(LineFields.PERMITS);
  private static final byte[] STARTED = next(LineFields.START);
  private static final byte[] MICROS =
      ascii(",\"" + LineFields.MICROS + "\":{\"" + LineFields.TOTAL + "\":");
  private static final byte[] ERROR =
      ascii(",\"" + LineFields.ERROR + "\":{\"" + LineFields.KIND + "\":");
  private static final byte[] MESSAGE = next(LineFields.MESSAGE);
  private static final byte[] RETRYABLE = next(LineFields.RETRYABLE);
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final Phase[] PHASES = Phase.values();
  private static final Map<Phase, byte[]> PHASE_NAMES = new EnumMap<>(Phase.class);
  private static final Map<JournalVerdict, byte[]> VERDICTS = new EnumMap<>(JournalVerdict.class);

  static {
    for (Phase phase : PHASES) {
      PHASE_NAMES.put(phase, next(LineFields.name(phase)));
    }
    for (JournalVerdict verdict : JournalVerdict.values()) {
      VERDICTS.put(verdict, ascii('"' + verdict.text() + '"'));
    }
  }

  private final JsonBytes json = new JsonBytes();

  private static byte[] next(String name) {
    return ascii(",\"" + name + "\":");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** The line of an entry in UTF-8, with the line feed at its end. */
  static byte[] line(JournalEntry entry) {
    JsonBytes json = json(entry);
    return Arrays.copyOf(json.array(), json.size());
  }

  /** The same, without a copy. */
  static JsonBytes json(JournalEntry entry) {
    LineWriter writer = new LineWriter();
    writer.add(entry);
    return writer.json;
  }

  /** The lines in UTF-8, each with the line feed at its end. */
  JsonBytes lines() {
    return json;
  }

  void add(JournalEntry entry) {
    json.add(START).add(KEY).text(entry.key());
    json.add(VERDICT).add(requireNonNull(VERDICTS.get(entry.verdict())));
    json.add(ATTEMPTS).number(entry.attempts());
    if (entry.status() != 0) {
      json.add(STATUS).number(entry.status());
    }
    add(RCODE, entry.rcode());
    if (entry.bytes() >= 0) {
      json.add(BYTES).number(entry.bytes());
    }
    add(DIGEST, entry.digest());
    add(FILE, entry.file());
    add(LANE, entry.lane());
    if (entry.permits() > 0) {
      json.add(PERMITS).number(entry.permits());
    }
    TimeText.add(entry.start(), json.add(STARTED));
    addTimes(entry);
    if (entry.error() != null) {
      add(entry.error());
    }
    json.add('}');
    json.add('\n');
  }

  private void add(byte[] name, @Nullable String value) {
    if (value != null) {
      json.add(name).text(value);
    }
  }

  private void addTimes(JournalEntry entry) {
    json.add(MICROS).number(Micros.ofEntry(entry.took()));
    for (Phase phase : PHASES) {
      long micros = entry.phases().micros(phase);
      if (micros > 0) {
        json.add(requireNonNull(PHASE_NAMES.get(phase))).number(micros);
      }
    }
    json.add('}');
  }

  private void add(JournalError error) {
    json.add(ERROR).text(error.kind());
    json.add(MESSAGE).text(error.message());
    json.add(RETRYABLE).add(error.isRetryable() ? TRUE : FALSE);
    json.add('}');
  }
}
