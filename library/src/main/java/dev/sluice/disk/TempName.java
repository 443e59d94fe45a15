package dev.sluice.disk;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Names of files that are still being written. No {@link FileName} can equal one.
 *
 * <p>A random number per process and a counter make the names unique in practice; exclusive
 * creation of the file guarantees it. A process id would not do: containers that share a volume may
 * use the same ids.
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

  /** Whether a name begins like a temp file; ignores case, as some file systems do. */
  static boolean hasPrefix(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static boolean isTemp(String name) {
    return name.startsWith(PREFIX) && FORM.matcher(name).matches();
  }
}
