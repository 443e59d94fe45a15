package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.Answer;
import java.net.InetAddress;
import java.util.List;

/** The fields of a DNS result: addresses, and whether they come from a wildcard. */
final class DnsResultFields implements ResultFields<Answer> {
  @Override
  public List<Verdict> verdicts() {
    return List.of(Verdict.FOUND, Verdict.NO_ADDRESS, Verdict.NOT_FOUND, Verdict.UNKNOWN);
  }

  @Override
  public Verdict verdict(Outcome<String, Answer> outcome) {
    return Verdict.of(outcome);
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
