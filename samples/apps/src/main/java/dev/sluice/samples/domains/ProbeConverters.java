package dev.sluice.samples.domains;

import dev.sluice.dns.RecordKind;
import dev.sluice.dns.RecordType;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the values of options of the probe. */
final class ProbeConverters {
  private static final int MAX_CONCURRENCY = 100_000;

  private ProbeConverters() {}

  private static List<RecordType> types(String text) {
    try {
      return Stream.of(text.split(",", -1))
          .map(type -> RecordType.valueOf(type.strip().toUpperCase(Locale.ROOT)))
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a list of types: allowed are A, AAAA, and A,AAAA", e);
    }
  }

  private static RecordKind kind(String text) {
    try {
      return RecordKind.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a type of records: allowed are A, AAAA, CNAME, NS, MX, TXT, SOA and CAA",
          e);
    }
  }

  static final class Concurrency extends ParsedOption<Integer> {
    Concurrency() {
      super(text -> Numbers.parse(text, 1, MAX_CONCURRENCY));
    }
  }

  static final class Types extends ParsedOption<List<RecordType>> {
    Types() {
      super(ProbeConverters::types);
    }
  }

  static final class Kind extends ParsedOption<RecordKind> {
    Kind() {
      super(ProbeConverters::kind);
    }
  }

  static final class FormatOption extends ParsedOption<OutputFormat> {
    FormatOption() {
      super(OutputFormat::parse);
    }
  }
}
