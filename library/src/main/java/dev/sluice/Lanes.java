package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of each lane of a {@link Limiter}. A lane holds the attempts of one host, registry or
 * tenant: whatever {@link Work#lane} says.
 *
 * <pre>{@code
 * Limiter polite =
 *     Limiter.of(64, Lanes.limit(2).withRate(Rate.perSecond(10)).withParking(ofMinutes(1)));
 * }</pre>
 *
 * <p>A lane that is full, out of tokens or parked waits by itself, while the other lanes take
 * turns. Nothing is rejected, and no thread waits. An immutable value.
 */
public final class Lanes {
  private final int limit;
  private final @Nullable Rate rate;
  private final @Nullable Rate totalRate;
  private final Duration parking;
  private final double retryShare;
  private final @Nullable Function<Object, @Nullable Rate> rates;
  private final @Nullable LaneStore store;

  /** Where an adaptive limit begins; 0 for a limit that does not change. */
  private final int least;

  private Lanes(
      int limit,
      @Nullable Rate rate,
      @Nullable Rate totalRate,
      Duration parking,
      double retryShare,
      int least,
      @Nullable Function<Object, @Nullable Rate> rates,
      @Nullable LaneStore store) {
    this.rates = rates;
    this.store = store;
    this.limit = Check.atLeast(1, limit, "limit of a lane");
    this.least = least;
    this.rate = rate;
    this.totalRate = totalRate;
    this.parking = DurationText.atMostForever(Check.notNegative(parking, "parking"));
    this.retryShare = retryShare;
    if (rate != null && totalRate != null && isBelow(totalRate, rate)) {
      throw new IllegalArgumentException(
          "totalRate: " + totalRate + ", must not be below the rate of one lane, " + rate);
    }
  }

  private static boolean isBelow(Rate a, Rate b) {
    return a.intervalNanos() > b.intervalNanos();
  }

  /**
   * {@return lanes of this many attempts at once, without rates, parking or retry budget}
   *
   * @param limit attempts at once in each lane, 1 or more
   */
  public static Lanes limit(int limit) {
    return new Lanes(limit, null, null, Duration.ZERO, 1, 0, null, null);
  }

  /**
   * {@return a copy of this many attempts at once}
   *
   * @param limit attempts at once in each lane, 1 or more, and not below an adaptive least limit
   */
  public Lanes withLimit(int limit) {
    Lanes lanes = new Lanes(limit, rate, totalRate, parking, retryShare, 0, rates, store);
    return least == 0 ? lanes : lanes.withAdaptive(least);
  }

  /**
   * {@return a copy with this rate for each lane}
   *
   * @param rate how many attempts of a lane may start in a time
   */
  public Lanes withRate(Rate rate) {
    return new Lanes(
        limit, requireNonNull(rate, "rate"), totalRate, parking, retryShare, least, rates, store);
  }

  /**
   * {@return a copy in which some lanes have a rate of their own}
   *
   * @param rates the rate of a lane by its key; null for a lane with the {@linkplain #withRate rate
   *     of each}; always the same for the same key
   */
  public Lanes withRates(Function<Object, @Nullable Rate> rates) {
    requireNonNull(rates, "rates");
    return new Lanes(limit, rate, totalRate, parking, retryShare, least, rates, store);
  }

  /**
   * {@return a copy with this rate for all lanes together}
   *
   * @param totalRate how many attempts may start in a time; not below the rate of one lane
   */
  public Lanes withTotalRate(Rate totalRate) {
    return new Lanes(
        limit,
        rate,
        requireNonNull(totalRate, "totalRate"),
        parking,
        retryShare,
        least,
        rates,
        store);
  }

  /**
   * {@return a copy whose lanes pause when their server asks for it}
   *
   * <p>An attempt that ends with a {@link RetryHint#isOverload() sign of overload}, such as the
   * status 429 or 503, parks its lane: for the time that the server names in {@code Retry-After},
   * or else for half a second, which doubles each time. Up to a quarter is added at random, so that
   * many lanes do not come back at once. After the pause one attempt goes first; the others follow
   * when it has ended without such a sign. A {@link Quota} that is used up parks a lane, too.
   *
   * @param longest a server that names a longer time is not waited for longer; zero for no parking
   */
  public Lanes withParking(Duration longest) {
    return new Lanes(limit, rate, totalRate, longest, retryShare, least, rates, store);
  }

  /**
   * {@return a copy in which retries are at most this share of the attempts of a lane}
   *
   * <p>So that a server that fails is not asked several times as often as one that works. The first
   * ten retries are free. A retry that the budget does not allow is not made: the item fails with
   * the cause that it has.
   *
   * @param share above 0, at most 1; 1 is the default and means no such bound
   */
  public Lanes withRetryBudget(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + ", must be above 0 and at most 1");
    }
    return new Lanes(limit, rate, totalRate, parking, share, least, rates, store);
  }

  /**
   * {@return a copy whose lanes find out by trial how many attempts at once their servers bear}
   *
   * <p>A lane begins with the least limit. It grows while attempts are answered, and is halved when
   * one ends with a {@linkplain RetryHint#isOverload() sign of overload} or runs out of its attempt
   * timeout. A status such as 404, a key that is none, and a disposed attempt change nothing. At
   * its least limit a lane goes on trying. Off by default.
   *
   * @param least attempts at once, from 1 to the limit of a lane
   */
  public Lanes withAdaptive(int least) {
    Check.atLeast(1, least, "least limit of a lane");
    if (least > limit) {
      throw new IllegalArgumentException(
          "least limit of a lane: " + least + ", must not be above its limit, " + limit);
    }
    return new Lanes(limit, rate, totalRate, parking, retryShare, least, rates, store);
  }

  /**
   * {@return a copy whose rates and pauses are shared with other processes}
   *
   * <p>The rate of a lane is then that of all processes with this store together, and a lane that
   * one of them parks is parked for all. After the pause each process sends one attempt first. What
   * is not shared: the limit of attempts at once, the {@linkplain #withTotalRate total rate}, and
   * what a {@link Quota} says. The name of a lane in the store is its text.
   *
   * @param store keeps the rates and pauses; documents what happens if it does not answer
   */
  public Lanes withStore(LaneStore store) {
    requireNonNull(store, "store");
    return new Lanes(limit, rate, totalRate, parking, retryShare, least, rates, store);
  }

  /** {@return attempts at once in each lane} */
  public int limit() {
    return limit;
  }

  /** {@return where an adaptive limit begins; 0 if the limit is not adaptive} */
  public int adaptiveLeast() {
    return least;
  }

  /** {@return the rate of each lane that has none of its own; null for none} */
  public @Nullable Rate rate() {
    return rate;
  }

  /**
   * {@return the rate of a lane; null for none}
   *
   * @param lane what {@link Work#lane} says
   */
  public @Nullable Rate rate(Object lane) {
    Rate own = rates == null ? null : rates.apply(lane);
    return own == null ? rate : own;
  }

  /** {@return the rate of all lanes together; null for none} */
  public @Nullable Rate totalRate() {
    return totalRate;
  }

  /** {@return the longest time for which a lane is parked; zero for no parking} */
  public Duration parking() {
    return parking;
  }

  /** {@return at most which share of the attempts of a lane are retries; 1 for no bound} */
  public double retryBudget() {
    return retryShare;
  }

  /** {@return what shares rates and pauses with other processes; null for none} */
  public @Nullable LaneStore store() {
    return store;
  }

  /** {@return a phrase: {@code 2 at once and 10/s a lane, parked for at most 1m}} */
  @Override
  public String toString() {
    return (least == 0 ? "" : least + " to ")
        + limit
        + " at once"
        + (rate == null ? "" : " and " + rate)
        + " a lane"
        + (rates == null ? "" : ", some lanes at rates of their own")
        + (totalRate == null ? "" : ", " + totalRate + " in all")
        + (parking.isZero() ? "" : ", parked for at most " + DurationText.of(parking))
        + (store == null ? "" : ", shared")
        + (retryShare == 1 ? "" : ", retries at most " + retryShare + " of the attempts");
  }
}
