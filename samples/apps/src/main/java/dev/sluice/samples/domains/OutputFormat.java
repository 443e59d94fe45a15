package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.samples.ErrorText;
import java.util.Locale;

/** The formats of results. Each result is one line. */
enum OutputFormat {
  TEXT {
    @Override
    <T> void append(StringBuilder to, Outcome<String, T> outcome, ResultFields<T> evidence) {
      to.append(evidence.verdict(outcome).mark()).append(' ');
      Escapes.line(to, outcome.key());
      if (outcome instanceof Success<String, T> success) {
        evidence.text(to, success.value());
      } else if (outcome instanceof Failure<?, ?> failure) {
        to.append(": ");
        Escapes.line(to, ErrorText.of(failure));
      }
      to.append('\n');
    }
  },

  CSV {
    @Override
    String header(ResultFields<?> evidence) {
      return "name,status," + String.join(",", evidence.columns()) + ",reason\n";
    }

    @Override
    <T> void append(StringBuilder to, Outcome<String, T> outcome, ResultFields<T> evidence) {
      Escapes.csv(to, outcome.key());
      to.append(',').append(evidence.verdict(outcome).words()).append(',');
      if (outcome instanceof Success<String, T> success) {
        evidence.csv(to, success.value());
      } else {
        to.append(",".repeat(evidence.columns().size() - 1));
      }
      to.append(',');
      if (outcome instanceof Failure<?, ?> failure) {
        Escapes.csv(to, ErrorText.of(failure));
      }
      to.append('\n');
    }
  },

  NDJSON {
    @Override
    <T> void append(StringBuilder to, Outcome<String, T> outcome, ResultFields<T> evidence) {
      to.append("{\"name\":");
      Escapes.json(to, outcome.key());
      to.append(",\"status\":\"").append(evidence.verdict(outcome).words()).append('"');
      if (outcome instanceof Success<String, T> success) {
        evidence.json(to, success.value());
      } else if (outcome instanceof Failure<?, ?> failure) {
        to.append(",\"reason\":");
        Escapes.json(to, ErrorText.of(failure));
      }
      to.append("}\n");
    }
  };

  /** The text before the first result. */
  String header(ResultFields<?> evidence) {
    return "";
  }

  abstract <T> void append(StringBuilder to, Outcome<String, T> outcome, ResultFields<T> evidence);

  /**
   * Reads the name of a format.
   *
   * @throws IllegalArgumentException if there is no such format; the message says what is allowed
   */
  static OutputFormat parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "csv" -> CSV;
      case "ndjson" -> NDJSON;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not a format: allowed are text, csv and ndjson");
    };
  }
}
