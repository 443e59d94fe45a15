package dev.sluice.samples.servers.http;

import java.util.List;

/**
 * What goes wrong on purpose, beside delays and errors.
 *
 * @param plans are applied to each reply one after the other
 */
public record HttpFaults(List<FaultPlan> plans, Outage outage) {
  /** No faults. */
  public static final HttpFaults NONE = new HttpFaults(List.of(), Outage.NONE);

  public HttpFaults {
    plans = List.copyOf(plans);
  }

  /** Whether there is one. */
  public boolean isAny() {
    return !equals(NONE);
  }
}
