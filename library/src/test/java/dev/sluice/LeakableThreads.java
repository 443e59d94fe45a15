package dev.sluice;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Live threads, daemons included. Exempt are threads that no test can end: those of the JDK, JUnit,
 * JNA, RxJava's static pools, Okio's watchdog, and idle threads of the pools behind {@link
 * IoSchedulers#shared()}, which end after five seconds without work.
 */
final class LeakableThreads implements Leakable {
  private static final Pattern SHARED =
      Pattern.compile("sluice-(network|disk|timer|callback)-\\d+");
  private static final Pattern OF_THE_PLATFORM =
      Pattern.compile(
          "(junit|surefire|JFR|Java2D)[ -].*|Common-Cleaner|JNA Cleaner|process reaper.*|Attach Listener"
              + "|ForkJoinPool\\.commonPool-(worker-\\d+|delayScheduler)|CompletableFutureDelayScheduler"
              + "|RxCachedWorkerPoolEvictor-\\d+");

  /** One for the process, without a way to end it: it stops after a minute without a timeout. */
  private static final Pattern OF_OKIO = Pattern.compile("Okio Watchdog");

  private static final ThreadGroup ROOT = root();

  @Override
  public Set<Thread> held() {
    Set<Thread> held = new HashSet<>();
    for (Thread thread : all()) {
      String name = thread.getName();
      if (!OF_THE_PLATFORM.matcher(name).matches()
          && !OF_OKIO.matcher(name).matches()
          && !(SHARED.matcher(name).matches() && isIdle(thread))) {
        held.add(thread);
      }
    }
    return held;
  }

  @Override
  public String describe(Object held) {
    Thread thread = (Thread) held;
    StringBuilder text = new StringBuilder("thread ").append(thread.getName());
    text.append(thread.isDaemon() ? " (daemon, " : " (").append(thread.getState()).append(')');
    Arrays.stream(thread.getStackTrace())
        .limit(8)
        .forEach(frame -> text.append("\n      at ").append(frame));
    return text.toString();
  }

  /** Cheaper than {@code Thread.getAllStackTraces()}, which stops all threads. */
  private static Set<Thread> all() {
    Thread[] threads = new Thread[ROOT.activeCount() + 16];
    int count = ROOT.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[2 * threads.length];
      count = ROOT.enumerate(threads);
    }
    return new HashSet<>(Arrays.asList(threads).subList(0, count));
  }

  private static boolean isIdle(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0
        || Arrays.stream(stack)
            .anyMatch(
                frame ->
                    frame.getMethodName().equals("getTask")
                        && frame.getClassName().endsWith("ThreadPoolExecutor"));
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    for (ThreadGroup up = group; up != null; up = up.getParent()) {
      group = up;
    }
    return group;
  }
}
