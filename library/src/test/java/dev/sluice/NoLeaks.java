package dev.sluice;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test that leaves an error nobody could be told, or a thread that would keep a main
 * alive. JUnit finds it by itself.
 */
public final class NoLeaks implements Extension, BeforeEachCallback, AfterEachCallback {
  private static final long ENDING_MILLIS = 1_000;

  private final Queue<Throwable> undeliverable = new ConcurrentLinkedQueue<>();
  private Set<Thread> before = Set.of();

  @Override
  public void beforeEach(ExtensionContext context) {
    watch();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    check();
  }

  void watch() {
    // What comes late, between two tests, is held against the next one rather than lost.
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    before = ofUsers();
  }

  void check() throws InterruptedException {
    List<Throwable> errors = new ArrayList<>();
    for (Throwable e = undeliverable.poll(); e != null; e = undeliverable.poll()) {
      errors.add(e);
    }
    if (!errors.isEmpty()) {
      AssertionError leak = new AssertionError("undeliverable: " + errors);
      errors.forEach(leak::addSuppressed);
      throw leak;
    }
    Set<Thread> left = ofUsers();
    left.removeAll(before);
    for (Thread thread : left) {
      thread.join(ENDING_MILLIS);
      if (thread.isAlive()) {
        throw new AssertionError("left running, and not a daemon: " + thread);
      }
    }
  }

  private static Set<Thread> ofUsers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(not(Thread::isDaemon))
        .filter(thread -> !thread.getName().startsWith("junit-"))
        .collect(toSet());
  }
}
