package dev.sluice.fetch;

import dev.sluice.http.StatusException;
import java.util.Optional;
import java.util.Set;
import okhttp3.Request;

/**
 * What a request asks only for.
 *
 * @param resume the rest of this part
 * @param finished else a newer version than this file
 */
record Conditions(Optional<Resume> resume, Optional<FinishedFile> finished) {
  static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty());

  /** What servers answer that do not understand a condition, or fail to apply it. */
  private static final Set<Integer> REFUSALS = Set.of(304, 400, 412, 501);

  boolean areRefused(Throwable e) {
    return areSome() && e instanceof StatusException refusal && REFUSALS.contains(refusal.status());
  }

  private boolean areSome() {
    return resume.isPresent() || finished.isPresent();
  }

  /** Whether the response would be another one without conditions. */
  boolean areMisread(Head head, String unasked) {
    return areSome()
        && (!unasked.isEmpty() || resume.filter(it -> head.contradicts(it.record())).isPresent());
  }

  void addTo(Request.Builder request) {
    if (resume.isPresent()) {
      resume.get().addRange(request);
    } else if (finished.isPresent()) {
      boolean unused = finished.get().validators().addCondition(request);
    }
  }
}
