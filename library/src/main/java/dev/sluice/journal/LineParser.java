package dev.sluice.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sluice.Phase;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of a journal. Fields of later versions are skipped. */
final class LineParser {
  /** Texts of any length: a run can write a key that is longer than Jackson allows by default. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private boolean hasVersion;
  private @Nullable String key;
  private @Nullable JournalVerdict verdict;
  private int attempts;
  private int status;
  private @Nullable String rcode;
  private long bytes = -1;
  private @Nullable String digest;
  private @Nullable String file;
  private @Nullable String lane;
  private int permits;
  private Instant start = Instant.EPOCH;
  private Duration took = Duration.ZERO;
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private @Nullable JournalError error;

  private LineParser() {}

  /**
   * The entry of a line.
   *
   * @throws IOException if it is none; the message says why, without the journal and the line
   */
  static JournalEntry entry(byte[] line, int length) throws IOException {
    LineParser fields = new LineParser();
    try (JsonParser json = JSON.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.read(name, json);
      }
      if (json.nextToken() != null) {
        throw new IOException("more than one JSON object");
      }
    } catch (JsonParseException e) {
      throw new IOException("not JSON: " + e.getOriginalMessage(), e);
    }
    return fields.entry();
  }

  private void read(String name, JsonParser json) throws IOException {
    switch (name) {
      case LineFields.V -> checkVersion(json);
      case LineFields.KEY -> key = text(name, json);
      case LineFields.VERDICT -> verdict = verdict(text(name, json));
      case LineFields.ATTEMPTS -> attempts = (int) number(name, json, Integer.MAX_VALUE);
      case LineFields.STATUS -> status = (int) number(name, json, Integer.MAX_VALUE);
      case LineFields.RCODE -> rcode = text(name, json);
      case LineFields.BYTES -> bytes = number(name, json, Long.MAX_VALUE);
      case LineFields.DIGEST -> digest = text(name, json);
      case LineFields.FILE -> file = text(name, json);
      case LineFields.LANE -> lane = text(name, json);
      case LineFields.PERMITS -> permits = (int) number(name, json, Integer.MAX_VALUE);
      case LineFields.START -> start = instant(text(name, json));
      case LineFields.MICROS -> readTimes(json);
      case LineFields.ERROR -> error = error(json);
      default -> json.skipChildren();
    }
  }

  private void checkVersion(JsonParser json) throws IOException {
    long version = number(LineFields.V, json, Long.MAX_VALUE);
    if (version != LineFields.VERSION) {
      throw new IOException(
          "version " + version + ", and only version " + LineFields.VERSION + " is understood");
    }
    hasVersion = true;
  }

  private JournalEntry entry() throws IOException {
    if (!hasVersion) {
      throw new IOException("no version (\"" + LineFields.V + "\")");
    }
    if (key == null || verdict == null) {
      throw new IOException("no " + (key == null ? LineFields.KEY : LineFields.VERDICT));
    }
    return new JournalEntry(
        key,
        verdict,
        attempts,
        status,
        rcode,
        bytes,
        digest,
        file,
        lane,
        permits,
        start,
        took,
        new PhaseTimes(phases),
        error);
  }

  private void readTimes(JsonParser json) throws IOException {
    object(LineFields.MICROS, json);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Phase phase = LineFields.phase(name);
      if (name.equals(LineFields.TOTAL)) {
        took = micros(name, json);
      } else if (phase != null) {
        phases.put(phase, micros(name, json));
      } else {
        json.skipChildren();
      }
    }
  }

  private static JournalError error(JsonParser json) throws IOException {
    object(LineFields.ERROR, json);
    String kind = "";
    String message = "";
    boolean retryable = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case LineFields.KIND -> kind = text(name, json);
        case LineFields.MESSAGE -> message = text(name, json);
        case LineFields.RETRYABLE -> retryable = json.currentToken() == JsonToken.VALUE_TRUE;
        default -> json.skipChildren();
      }
    }
    return new JournalError(kind, message, retryable);
  }

  private static JournalVerdict verdict(String text) throws IOException {
    JournalVerdict verdict = JournalVerdict.ofText(text);
    if (verdict == null) {
      throw new IOException("verdict: \"" + text + "\" is not known");
    }
    return verdict;
  }

  private static Duration micros(String name, JsonParser json) throws IOException {
    return Duration.of(number(name, json, Micros.MOST), ChronoUnit.MICROS);
  }

  /** RFC 3339 has years of four digits; a sign begins a longer one. */
  private static Instant instant(String text) throws IOException {
    try {
      if (text.startsWith("+") || text.startsWith("-")) {
        throw new DateTimeException("year");
      }
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(LineFields.START + ": \"" + text + "\" is not a time", e);
    }
  }

  private static void object(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException(name + ": not an object");
    }
  }

  private static String text(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException(name + ": not a text");
    }
    return json.getText();
  }

  private static long number(String name, JsonParser json, long most) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IOException(name + ": not a whole number");
    }
    long number = json.getLongValue();
    if (number < 0 || number > most) {
      throw new IOException(name + ": " + number + ", allowed are 0 to " + most);
    }
    return number;
  }
}
