package dev.sluice.journal;

import dev.sluice.Phase;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the fields of a line, see the documentation of the package. */
final class LineFields {
  /** The version that is written, and the only one that is read. */
  static final int VERSION = 1;

  static final String V = "v";
  static final String KEY = "key";
  static final String VERDICT = "verdict";
  static final String ATTEMPTS = "attempts";
  static final String STATUS = "status";
  static final String RCODE = "rcode";
  static final String BYTES = "bytes";
  static final String DIGEST = "digest";
  static final String FILE = "file";
  static final String LANE = "lane";
  static final String PERMITS = "permits";
  static final String START = "start";
  static final String MICROS = "micros";
  static final String TOTAL = "total";
  static final String ERROR = "error";
  static final String KIND = "kind";
  static final String MESSAGE = "message";
  static final String RETRYABLE = "retryable";

  private static final Map<Phase, String> PHASES = new EnumMap<>(Phase.class);

  static {
    for (Phase phase : Phase.values()) {
      PHASES.put(phase, phase.name().toLowerCase(java.util.Locale.ROOT));
    }
    PHASES.put(Phase.FIRST_BYTE, "firstByte");
  }

  private LineFields() {}

  static String name(Phase phase) {
    return PHASES.getOrDefault(phase, "");
  }

  /** Null for a phase of a later version. */
  static @Nullable Phase phase(String name) {
    for (Map.Entry<Phase, String> each : PHASES.entrySet()) {
      if (each.getValue().equals(name)) {
        return each.getKey();
      }
    }
    return null;
  }
}
