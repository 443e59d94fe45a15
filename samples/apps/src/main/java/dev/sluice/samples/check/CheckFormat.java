package dev.sluice.samples.check;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.domains.Evidence;
import dev.sluice.domains.Examined;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.domains.Escapes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of results. */
enum CheckFormat {
  TEXT {
    @Override
    void append(StringBuilder to, Result result, boolean verbose) {
      Escapes.line(
          to, String.format(Locale.ROOT, "%-24s %-26s ", result.label(), result.verdict()));
      Escapes.line(to, result.reason());
      to.append('\n');
      if (verbose) {
        for (Evidence each : result.evidence()) {
          Escapes.line(to, "    " + each.when() + " " + each);
          to.append('\n');
        }
      }
    }
  },

  CSV {
    @Override
    String header() {
      return "name,domain,verdict,premium,reason,evidence\n";
    }

    @Override
    void append(StringBuilder to, Result result, boolean verbose) {
      Escapes.csv(to, result.name());
      Escapes.csv(to.append(','), result.domain());
      Escapes.csv(to.append(','), result.verdict());
      to.append(',').append(result.isPremium());
      Escapes.csv(to.append(','), result.reason());
      String evidence =
          result.evidence().stream()
              .map(each -> each.when() + " " + each)
              .collect(Collectors.joining(" | "));
      Escapes.csv(to.append(','), evidence);
      to.append('\n');
    }
  },

  NDJSON {
    @Override
    void append(StringBuilder to, Result result, boolean verbose) {
      Escapes.json(to.append("{\"name\":"), result.name());
      Escapes.json(to.append(",\"domain\":"), result.domain());
      Escapes.json(to.append(",\"verdict\":"), result.verdict());
      to.append(",\"premium\":").append(result.isPremium());
      Escapes.json(to.append(",\"reason\":"), result.reason());
      to.append(",\"evidence\":[");
      String separator = "";
      for (Evidence each : result.evidence()) {
        to.append(separator);
        evidence(to, each);
        separator = ",";
      }
      to.append("]}\n");
    }

    private void evidence(StringBuilder to, Evidence each) {
      Escapes.json(to.append("{\"source\":"), each.source().name().toLowerCase(Locale.ROOT));
      Escapes.json(to.append(",\"server\":"), each.server());
      Escapes.json(to.append(",\"question\":"), each.question());
      Escapes.json(to.append(",\"finding\":"), each.finding().words());
      Escapes.json(to.append(",\"answer\":"), each.answer());
      Escapes.json(to.append(",\"when\":"), each.when().toString());
      to.append('}');
    }
  },

  MARKDOWN {
    @Override
    String header() {
      return "| name | verdict | reason |\n|---|---|---|\n";
    }

    @Override
    void append(StringBuilder to, Result result, boolean verbose) {
      cell(to.append("| "), result.label());
      cell(to.append(" | "), result.verdict());
      cell(to.append(" | "), result.reason());
      if (verbose) {
        for (Evidence each : result.evidence()) {
          cell(to.append("<br>"), each.when() + " " + each);
        }
      }
      to.append(" |\n");
    }

    private void cell(StringBuilder to, String text) {
      Escapes.line(to, text.replaceAll("[|\\\\`*_<>\\[\\]]", "\\\\$0"));
    }
  };

  /** What is written of an outcome: that of a name that was examined, or why it was not. */
  record Result(
      String name,
      String domain,
      String verdict,
      boolean isPremium,
      String reason,
      List<Evidence> evidence) {
    static final String REFUSED = "refused";

    static Result of(Outcome<String, Examined> outcome) {
      if (outcome instanceof Success<String, Examined> success) {
        Examined examined = success.value();
        String verdict = examined.verdict().words() + (examined.isPremium() ? ", premium" : "");
        return new Result(
            examined.name(),
            examined.domain().value(),
            verdict,
            examined.isPremium(),
            examined.reason(),
            examined.evidence());
      }
      String why = outcome instanceof Failure<?, ?> failure ? ErrorText.of(failure) : "";
      return new Result(outcome.key(), "", REFUSED, false, why, List.of());
    }

    /** The name, and the domain that was examined if that is another. */
    String label() {
      return domain.isEmpty() || domain.equals(name) ? name : name + " (" + domain + ")";
    }
  }

  /** The text before the first result. */
  String header() {
    return "";
  }

  abstract void append(StringBuilder to, Result result, boolean verbose);

  /**
   * Reads the name of a format.
   *
   * @throws IllegalArgumentException if there is no such format; the message says what is allowed
   */
  static CheckFormat parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "csv" -> CSV;
      case "ndjson" -> NDJSON;
      case "markdown" -> MARKDOWN;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not a format: allowed are text, csv, ndjson and markdown");
    };
  }
}
