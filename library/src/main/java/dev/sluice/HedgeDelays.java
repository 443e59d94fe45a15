package dev.sluice;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the attempts of a pipeline are left alone before they are hedged, lane by lane. */
final class HedgeDelays {
  /** The times of so many lanes are remembered: those that had an answer most recently. */
  private static final int MAX_LANES = 1_000;

  private static final float LOAD_FACTOR = 0.75f;

  private final Hedge hedge;

  private final Map<@Nullable Object, RecentTimes> lanes =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<@Nullable Object, RecentTimes> eldest) {
          return size() > MAX_LANES;
        }
      };

  HedgeDelays(Hedge hedge) {
    this.hedge = hedge;
  }

  /** The time until the second attempt; {@code Long.MAX_VALUE} for none. */
  synchronized long delayNanos(@Nullable Object lane) {
    long least = hedge.least().toNanos();
    if (hedge.percentile() == 0) {
      return least;
    }
    RecentTimes times = lanes.get(lane);
    return times == null ? Long.MAX_VALUE : Math.max(least, times.atPercentile());
  }

  /** An attempt was answered. */
  synchronized void answered(@Nullable Object lane, long nanos) {
    if (hedge.percentile() > 0) {
      lanes.computeIfAbsent(lane, unused -> new RecentTimes(hedge.percentile())).add(nanos);
    }
  }
}
