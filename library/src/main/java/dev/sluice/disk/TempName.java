package dev.sluice.disk;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Names of files that are not whole yet. No {@link FileName} can equal one.
 *
 * <p>A number that this process drew and a count make them unique in practice; that the file is
 * created exclusively makes sure. No process id: containers that share a volume share those too.
 */
final class TempName {
  static final String PREFIX = ".sluice-";

  private static final Pattern FORM = Pattern.compile("\\.sluice-[0-9a-f]{1,16}-[0-9]{1,19}\\.tmp");
  private static final String PROCESS = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private static final AtomicLong COUNT = new AtomicLong();

  private TempName() {}

  static String next() {
    return PREFIX + PROCESS + "-" + COUNT.incrementAndGet() + ".tmp";
  }

  /** Ignores case, as some file systems do. */
  static boolean hasPrefix(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static boolean isTemp(String name) {
    return name.startsWith(PREFIX) && FORM.matcher(name).matches();
  }
}
