package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.rdap.Registration;
import java.util.List;

/** The fields of an RDAP result: statuses, expiry, and the URL that says so. */
final class RdapResultFields implements ResultFields<Registration> {
  @Override
  public List<ProbeVerdict> verdicts() {
    return List.of(ProbeVerdict.REGISTERED, ProbeVerdict.NOT_REGISTERED, ProbeVerdict.UNKNOWN);
  }

  @Override
  public ProbeVerdict verdict(Outcome<String, Registration> outcome) {
    return outcome.fold(
        success -> ProbeVerdict.REGISTERED,
        absent -> ProbeVerdict.NOT_REGISTERED,
        failure -> ProbeVerdict.UNKNOWN);
  }

  @Override
  public List<String> columns() {
    return List.of("statuses", "expiry", "evidence");
  }

  @Override
  public void text(StringBuilder to, Registration registration) {
    if (!registration.statuses().isEmpty()) {
      to.append(' ');
      Escapes.line(to, String.join(", ", registration.statuses()));
    }
    registration.expiry().ifPresent(expiry -> to.append(" until ").append(expiry));
    to.append(" (").append(registration.evidence()).append(')');
  }

  @Override
  public void csv(StringBuilder to, Registration registration) {
    Escapes.csv(to, String.join("; ", registration.statuses()));
    to.append(',');
    registration.expiry().ifPresent(to::append);
    to.append(',');
    Escapes.csv(to, registration.evidence().toString());
  }

  @Override
  public void json(StringBuilder to, Registration registration) {
    to.append(",\"statuses\":[");
    String separator = "";
    for (String status : registration.statuses()) {
      Escapes.json(to.append(separator), status);
      separator = ",";
    }
    to.append(']');
    registration
        .expiry()
        .ifPresent(expiry -> to.append(",\"expiry\":\"").append(expiry).append('"'));
    to.append(",\"evidence\":");
    Escapes.json(to, registration.evidence().toString());
  }
}
