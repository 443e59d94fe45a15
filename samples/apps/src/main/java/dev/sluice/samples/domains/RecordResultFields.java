package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.DnsRecord;
import dev.sluice.dns.RecordAnswer;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of a probe with {@code --type}: the records, and the aliases before them. */
final class RecordResultFields implements ResultFields<RecordAnswer> {
  @Override
  public List<ProbeVerdict> verdicts() {
    return List.of(
        ProbeVerdict.FOUND, ProbeVerdict.NO_RECORD, ProbeVerdict.NOT_FOUND, ProbeVerdict.UNKNOWN);
  }

  @Override
  public ProbeVerdict verdict(Outcome<String, RecordAnswer> outcome) {
    return outcome.fold(
        success ->
            success.value().records().isEmpty() ? ProbeVerdict.NO_RECORD : ProbeVerdict.FOUND,
        absent -> ProbeVerdict.NOT_FOUND,
        failure -> ProbeVerdict.UNKNOWN);
  }

  @Override
  public List<String> columns() {
    return List.of("type", "records", "aliases");
  }

  @Override
  public void text(StringBuilder to, RecordAnswer answer) {
    String separator = " ";
    for (DnsRecord record : answer.records()) {
      Escapes.line(to.append(separator), record.data());
      separator = ", ";
    }
    for (DnsRecord alias : aliases(answer)) {
      Escapes.line(to.append(" (alias of "), alias.data());
      to.append(')');
    }
  }

  @Override
  public void csv(StringBuilder to, RecordAnswer answer) {
    to.append(answer.question().kind()).append(',');
    Escapes.csv(to, joined(answer.records()));
    to.append(',');
    Escapes.csv(to, joined(aliases(answer)));
  }

  @Override
  public void json(StringBuilder to, RecordAnswer answer) {
    to.append(",\"type\":\"").append(answer.question().kind()).append('"');
    json(to.append(",\"records\":"), answer.records());
    json(to.append(",\"aliases\":"), aliases(answer));
    to.append(",\"authoritative\":").append(answer.authoritative());
  }

  private static void json(StringBuilder to, List<DnsRecord> records) {
    String separator = "[";
    for (DnsRecord record : records) {
      Escapes.json(to.append(separator).append("{\"name\":"), record.name());
      to.append(",\"ttl\":").append(record.ttl().toSeconds()).append(",\"data\":");
      Escapes.json(to, record.data());
      to.append('}');
      separator = ",";
    }
    to.append(records.isEmpty() ? "[]" : "]");
  }

  private static String joined(List<DnsRecord> records) {
    return records.stream().map(DnsRecord::data).collect(Collectors.joining("; "));
  }

  /** The aliases on the way; none if aliases were asked for. */
  private static List<DnsRecord> aliases(RecordAnswer answer) {
    return answer.answers().stream()
        .filter(record -> record.kind() != answer.question().kind())
        .toList();
  }
}
