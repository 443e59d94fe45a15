package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.Lanes;
import dev.sluice.Policy;
import dev.sluice.Rate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run will ask for, and the least time that its limits and rates allow. Made without
 * touching the network.
 *
 * <pre>{@code
 * Plan plan = Plan.of(urls, HttpClient::lane, policy).blockingGet();
 * System.out.println(plan.items() + " items in at least " + plan.leastTime());
 * }</pre>
 *
 * @param lanes how many items each lane has, in the order of the keys
 * @param policy what limits the run
 */
public record Plan(Map<String, Long> lanes, Policy policy) {
  /**
   * Copies the map.
   *
   * @param lanes how many items each lane has
   * @param policy what limits the run
   */
  public Plan {
    lanes = Collections.unmodifiableMap(new LinkedHashMap<>(requireNonNull(lanes, "lanes")));
    requireNonNull(policy, "policy");
  }

  /**
   * {@return the plan for these keys}
   *
   * <p><b>Scheduler:</b> that of the keys. <b>Failure:</b> an error of the keys, or of the lane.
   * <b>Cancellation:</b> cancels the keys.
   *
   * @param keys what will be asked for
   * @param lane names the lane of a key
   * @param policy what limits the run
   * @param <K> the type of a key
   */
  public static <K> Single<Plan> of(Flowable<K> keys, Function<? super K, ?> lane, Policy policy) {
    requireNonNull(lane, "lane");
    requireNonNull(policy, "policy");
    return keys.collect(
            LinkedHashMap<String, Long>::new,
            (counts, key) -> counts.merge(String.valueOf(lane.apply(key)), 1L, Long::sum))
        .map(counts -> new Plan(counts, policy));
  }

  /** {@return how many items there are} */
  public long items() {
    return lanes.values().stream().reduce(0L, Micros::sum);
  }

  /** {@return how many requests there are at most: each item with all its attempts} */
  public long mostRequests() {
    long items = items();
    int attempts = policy.retry().maxAttempts();
    return items > Long.MAX_VALUE / attempts ? Long.MAX_VALUE : items * attempts;
  }

  /** {@return the least time that the rates allow, if every answer came at once} */
  public Duration leastTime() {
    return leastTime(Duration.ZERO);
  }

  /**
   * {@return the least time that limits and rates allow, if every request takes this long and none
   * fails}
   *
   * @param request how long a request takes
   */
  public Duration leastTime(Duration request) {
    requireNonNull(request, "request");
    Lanes bounds = policy.limiter().lanes();
    int atOnce = Math.min(policy.limiter().limit(), policy.window().size());
    Duration least = rounds(items(), atOnce, request);
    if (bounds != null) {
      least = longer(least, paced(items(), bounds.totalRate(), request));
      for (Map.Entry<String, Long> lane : lanes.entrySet()) {
        long items = lane.getValue();
        least = longer(least, rounds(items, bounds.limit(), request));
        least = longer(least, paced(items, bounds.rate(lane.getKey()), request));
      }
    }
    return least;
  }

  private static Duration rounds(long items, int limit, Duration request) {
    long rounds = items / limit + (items % limit == 0 ? 0 : 1);
    // So rounded that the product is exact or too long.
    return rounds > 0 && request.compareTo(Policy.FOREVER.dividedBy(rounds)) > 0
        ? Policy.FOREVER
        : request.multipliedBy(rounds);
  }

  private static Duration paced(long items, @Nullable Rate rate, Duration request) {
    return rate == null || items == 0 ? Duration.ZERO : sum(rate.timeFor(items), request);
  }

  private static Duration sum(Duration time, Duration request) {
    return time.compareTo(Policy.FOREVER.minus(request)) > 0 ? Policy.FOREVER : time.plus(request);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
