package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.dns.Answer;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** How results are written: a line each. */
enum Format {
  TEXT("") {
    @Override
    void append(StringBuilder to, Outcome<String, Answer> outcome) {
      to.append(Verdict.of(outcome).mark()).append(' ');
      Escapes.line(to, outcome.key());
      addresses(outcome).forEach(address -> to.append(' ').append(address.getHostAddress()));
      if (isWildcard(outcome)) {
        to.append(" (wildcard)");
      }
      if (outcome instanceof Failure<?, ?> failure) {
        to.append(": ");
        Escapes.line(to, Verdict.reason(failure));
      }
      to.append('\n');
    }
  },

  CSV("name,status,addresses,wildcard,reason\n") {
    @Override
    void append(StringBuilder to, Outcome<String, Answer> outcome) {
      Escapes.csv(to, outcome.key());
      to.append(',').append(Verdict.of(outcome).words()).append(',');
      String separator = "";
      for (InetAddress address : addresses(outcome)) {
        to.append(separator).append(address.getHostAddress());
        separator = " ";
      }
      to.append(',').append(outcome instanceof Success ? isWildcard(outcome) : "").append(',');
      if (outcome instanceof Failure<?, ?> failure) {
        Escapes.csv(to, Verdict.reason(failure));
      }
      to.append('\n');
    }
  },

  NDJSON("") {
    @Override
    void append(StringBuilder to, Outcome<String, Answer> outcome) {
      to.append("{\"name\":");
      Escapes.json(to, outcome.key());
      to.append(",\"status\":\"").append(Verdict.of(outcome).words()).append('"');
      if (outcome instanceof Success) {
        to.append(",\"addresses\":[");
        String separator = "";
        for (InetAddress address : addresses(outcome)) {
          to.append(separator).append('"').append(address.getHostAddress()).append('"');
          separator = ",";
        }
        to.append("],\"wildcard\":").append(isWildcard(outcome));
      }
      if (outcome instanceof Failure<?, ?> failure) {
        to.append(",\"reason\":");
        Escapes.json(to, Verdict.reason(failure));
      }
      to.append("}\n");
    }
  };

  private final String header;

  Format(String header) {
    this.header = header;
  }

  /** What comes before the first result. */
  String header() {
    return header;
  }

  abstract void append(StringBuilder to, Outcome<String, Answer> outcome);

  /**
   * Reads a format's name.
   *
   * @throws IllegalArgumentException if there is none such; the message says what is allowed
   */
  static Format parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "csv" -> CSV;
      case "ndjson" -> NDJSON;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not a format: allowed are text, csv and ndjson");
    };
  }

  private static List<InetAddress> addresses(Outcome<String, Answer> outcome) {
    return outcome instanceof Success<String, Answer> success
        ? success.value().addresses()
        : List.of();
  }

  private static boolean isWildcard(Outcome<String, Answer> outcome) {
    return outcome instanceof Success<String, Answer> success && success.value().wildcard();
  }
}
