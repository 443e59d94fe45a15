package dev.sluice.samples.servers.flags;

import dev.sluice.samples.servers.http.HttpDate;
import dev.sluice.samples.servers.http.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Evaluates the conditions of a request in the order of RFC 9110, section 13.2.2. */
final class Preconditions {
  /** The result of the conditions. */
  enum Verdict {
    SEND,
    NOT_MODIFIED,
    FAILED
  }

  private final Request request;
  private final String tag;
  private final Instant modified;

  Preconditions(Request request, FlagFile file) {
    this.request = request;
    tag = file.tag();
    // HTTP dates have whole seconds, so a client can know no more of the time than that.
    modified = file.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  Verdict verdict() {
    if (!isExpectedVersion()) {
      return Verdict.FAILED;
    }
    return isKnownToClient() ? Verdict.NOT_MODIFIED : Verdict.SEND;
  }

  /** Whether If-Range allows a partial response: the client's parts must be of this version. */
  boolean allowRange() {
    Optional<String> ifRange = request.field("if-range");
    return ifRange.isEmpty()
        || ifRange.get().equals(tag)
        || HttpDate.parse(ifRange.get()).filter(modified::equals).isPresent();
  }

  private boolean isExpectedVersion() {
    Optional<String> tags = request.field("if-match");
    if (tags.isPresent()) {
      return names(tags.get(), false);
    }
    return date("if-unmodified-since").filter(modified::isAfter).isEmpty();
  }

  private boolean isKnownToClient() {
    Optional<String> tags = request.field("if-none-match");
    if (tags.isPresent()) {
      return names(tags.get(), true);
    }
    return date("if-modified-since").filter(since -> !modified.isAfter(since)).isPresent();
  }

  private boolean names(String tags, boolean weakly) {
    if (tags.equals("*")) {
      return true;
    }
    for (String each : tags.split(",", -1)) {
      String named = each.strip();
      if (named.equals(tag) || (weakly && named.equals("W/" + tag))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Instant> date(String field) {
    return request.field(field).flatMap(HttpDate::parse);
  }
}
