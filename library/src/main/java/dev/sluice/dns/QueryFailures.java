package dev.sluice.dns;

import dev.sluice.dns.engine.QueryFailure;

/** Makes the exception of a failed query. */
final class QueryFailures {
  private QueryFailures() {}

  static DnsException exception(DomainName name, QueryFailure failure) {
    String message = message(name, failure);
    return failure.kind() == QueryFailure.Kind.BLOCKED
        ? DnsException.blocked(message)
        : new DnsException(reason(failure.kind()), message, failure.cause());
  }

  static DnsException closed(DomainName name) {
    return DnsException.closed(name + ": the resolver is closed", null);
  }

  private static DnsException.Reason reason(QueryFailure.Kind kind) {
    return switch (kind) {
      case SERVFAIL -> DnsException.Reason.SERVFAIL;
      case REFUSED -> DnsException.Reason.REFUSED;
      case BLOCKED, OTHER_RCODE -> DnsException.Reason.OTHER_RCODE;
      case TIMEOUT -> DnsException.Reason.TIMEOUT;
      case MALFORMED -> DnsException.Reason.MALFORMED;
      case UNREACHABLE -> DnsException.Reason.UNREACHABLE;
    };
  }

  private static String message(DomainName name, QueryFailure failure) {
    return name
        + " "
        + failure.type()
        + ": "
        + failure.received()
        + (failure.server() == null ? "" : " from " + ServerAddress.text(failure.server()))
        + tries(failure.tries());
  }

  private static String tries(int tries) {
    return switch (tries) {
      case 0 -> "";
      case 1 -> ", 1 try";
      default -> ", " + tries + " tries";
    };
  }
}
