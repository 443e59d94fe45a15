package dev.sluice.fetch;

import dev.sluice.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a whole server does now and then, whatever is asked: it refuses, with {@code Retry-After} in
 * each of its forms, has a quota in a window, or is out of order for some requests.
 */
final class HostFaults {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int OUTAGE_REQUESTS = 15;
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT),
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ROOT),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT));

  private final Random random;
  private final int quota;

  // Guarded by this.
  private long windowSince = System.nanoTime();
  private int usedOfWindow;
  private int outageLeft;

  HostFaults(long seed, int quota) {
    this.random = new Random(seed);
    this.quota = quota;
  }

  /** Whether the request was answered, or its connection closed. */
  boolean answered(Exchange exchange) throws IOException {
    int fault;
    boolean isOverQuota;
    synchronized (this) {
      fault = fault();
      isOverQuota = isOverQuota();
    }
    if (fault == 0) {
      exchange.reset();
    } else if (fault == 1) {
      refuse(exchange, 503, "");
    } else if (isOverQuota) {
      refuse(exchange, 429, "RateLimit: \"all\";r=0;t=1\r\nRetry-After: 1\r\n");
    } else if (fault == 2) {
      refuse(exchange, 429, "Retry-After: " + retryAfter() + "\r\n");
    } else if (fault == 3) {
      refuse(exchange, 503, "Retry-After: " + retryAfter() + "\r\n");
    } else {
      return false;
    }
    return true;
  }

  /** 0 and 1 during an outage, 2 and 3 for a single refusal, else more. */
  private int fault() {
    if (outageLeft > 0) {
      outageLeft--;
      return random.nextInt(2);
    }
    int any = random.nextInt(400);
    if (any == 0) {
      outageLeft = OUTAGE_REQUESTS;
    }
    return 2 + any;
  }

  private boolean isOverQuota() {
    if (System.nanoTime() - windowSince > WINDOW.toNanos()) {
      windowSince = System.nanoTime();
      usedOfWindow = 0;
    }
    return ++usedOfWindow > quota;
  }

  private synchronized String retryAfter() {
    int form = random.nextInt(6);
    return switch (form) {
      case 0 -> "0";
      case 1 -> "1";
      case 2 -> "soon";
      default -> DATES.get(form - 3).format(Instant.now().plusSeconds(1).atOffset(ZoneOffset.UTC));
    };
  }

  private static void refuse(Exchange exchange, int status, String fields) throws IOException {
    exchange.send("HTTP/1.1 " + status + " Busy\r\n" + fields + "Content-Length: 0\r\n\r\n");
  }
}
