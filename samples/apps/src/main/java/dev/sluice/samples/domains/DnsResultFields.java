package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.Answer;
import java.net.InetAddress;
import java.util.List;

/** The fields of a DNS result: addresses, and whether they come from a wildcard. */
final class DnsResultFields implements ResultFields<Answer> {
  @Override
  public List<ProbeVerdict> verdicts() {
    return List.of(
        ProbeVerdict.FOUND, ProbeVerdict.NO_ADDRESS, ProbeVerdict.NOT_FOUND, ProbeVerdict.UNKNOWN);
  }

  @Override
  public ProbeVerdict verdict(Outcome<String, Answer> outcome) {
    return ProbeVerdict.of(outcome);
  }

  @Override
  public List<String> columns() {
    return List.of("addresses", "wildcard");
  }

  @Override
  public void text(StringBuilder to, Answer answer) {
    for (InetAddress address : answer.addresses()) {
      to.append(' ').append(address.getHostAddress());
    }
    if (answer.wildcard()) {
      to.append(" (wildcard)");
    }
  }

  @Override
  public void csv(StringBuilder to, Answer answer) {
    String separator = "";
    for (InetAddress address : answer.addresses()) {
      to.append(separator).append(address.getHostAddress());
      separator = " ";
    }
    to.append(',').append(answer.wildcard());
  }

  @Override
  public void json(StringBuilder to, Answer answer) {
    to.append(",\"addresses\":[");
    String separator = "";
    for (InetAddress address : answer.addresses()) {
      to.append(separator).append('"').append(address.getHostAddress()).append('"');
      separator = ",";
    }
    to.append("],\"wildcard\":").append(answer.wildcard());
  }
}
