package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server in virtual time that counts what it is asked: each host accepts so many requests per
 * window, and refuses the others with a Retry-After until the next window.
 */
final class CountingServer {
  private final Scheduler clock;
  private final int quota;
  private final long windowNanos;
  private final Duration latency;
  private final Map<String, Host> hosts = new HashMap<>();

  CountingServer(Scheduler clock, int quota, Duration window, Duration latency) {
    this.clock = clock;
    this.quota = quota;
    this.windowNanos = window.toNanos();
    this.latency = latency;
  }

  /** One host, as it saw its requests. */
  static final class Host {
    private long window = -1;
    private int inWindow;
    private int refusedInWindow;
    int accepted;
    int refused;
    int mostRefusedInWindow;
    int inFlight;
    int mostInFlight;
  }

  /** The refusal of a request. */
  static final class Refused extends IOException implements RetryHint {
    private static final long serialVersionUID = 1L;

    private final Duration after;

    Refused(Duration after) {
      super("too many requests");
      this.after = after;
    }

    @Override
    public boolean isTransient() {
      return true;
    }

    @Override
    public boolean isOverload() {
      return true;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return after.isZero() ? Optional.empty() : Optional.of(after);
    }
  }

  Host host(String name) {
    return hosts.computeIfAbsent(name, unused -> new Host());
  }

  /** How long until the next window. */
  private Duration reset() {
    return Duration.ofNanos(windowNanos - clock.now(TimeUnit.NANOSECONDS) % windowNanos);
  }

  Maybe<String> ask(String name) {
    return askForQuota(name).map(quota -> name);
  }

  /** The answer has a quota, as it was when the request came. */
  Maybe<Quota> askForQuota(String name) {
    return Maybe.defer(
        () -> {
          Host host = host(name);
          host.inFlight++;
          host.mostInFlight = Math.max(host.mostInFlight, host.inFlight);
          Maybe<Quota> answer = answer(host);
          return answer
              .delay(latency.toNanos(), TimeUnit.NANOSECONDS, clock, true)
              .doFinally(() -> host.inFlight--);
        });
  }

  private Maybe<Quota> answer(Host host) {
    turn(host);
    if (host.inWindow < quota) {
      host.inWindow++;
      host.accepted++;
      return Maybe.just(new Quota(quota - host.inWindow, reset()));
    }
    host.refused++;
    host.refusedInWindow++;
    host.mostRefusedInWindow = Math.max(host.mostRefusedInWindow, host.refusedInWindow);
    return Maybe.error(new Refused(reset()));
  }

  private void turn(Host host) {
    long now = clock.now(TimeUnit.NANOSECONDS) / windowNanos;
    if (host.window != now) {
      host.window = now;
      host.inWindow = 0;
      host.refusedInWindow = 0;
    }
  }
}
