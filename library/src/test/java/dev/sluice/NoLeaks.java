package dev.sluice;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails every test, and every test class, that leaves something behind: an undeliverable error, a
 * thread, a permit, or (on Linux) an open socket, file or selector. JUnit registers it for all
 * tests, see {@code META-INF/services}.
 *
 * <p>What is about to end gets {@link #DEFAULT_PATIENCE} to do so. A leak is reported once, by the
 * test that caused it.
 */
public final class NoLeaks
    implements Extension,
        BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {
  /** A configuration parameter of JUnit: the milliseconds to wait for what is about to end. */
  static final String PATIENCE_MILLIS = "dev.sluice.leaks.patienceMillis";

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 200_000;
  private static final Namespace NAMESPACE = Namespace.create(NoLeaks.class);

  private static final List<Leakable> KINDS =
      List.of(new LeakableThreads(), new LeakablePermits(), new LeakableDescriptors());

  // Shared by all tests: an error that arrives between two tests fails the next one.
  private static final Queue<Throwable> UNDELIVERABLE = new ConcurrentLinkedQueue<>();
  private static final Set<Object> REPORTED = ConcurrentHashMap.newKeySet();

  @Override
  public void beforeAll(ExtensionContext context) {
    RxJavaPlugins.setErrorHandler(UNDELIVERABLE::add);
    store(context).put("class", held());
  }

  /** Fields of a test are initialised before {@link #beforeEach}; they count as the test's own. */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    if (context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_METHOD) {
      remember(context);
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RxJavaPlugins.setErrorHandler(UNDELIVERABLE::add);
    remember(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context, "test");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check(context, "class");
  }

  private static void remember(ExtensionContext context) {
    store(context).computeIfAbsent("test", key -> held());
  }

  private static void check(ExtensionContext context, String key) {
    Set<?> before = store(context).getOrDefault(key, Set.class, Set.of());
    Duration patience =
        context
            .getConfigurationParameter(PATIENCE_MILLIS, Long::valueOf)
            .map(Duration::ofMillis)
            .orElse(DEFAULT_PATIENCE);
    List<String> left = left(before, patience);
    List<Throwable> errors = new ArrayList<>();
    for (Throwable e = UNDELIVERABLE.poll(); e != null; e = UNDELIVERABLE.poll()) {
      errors.add(e);
      left.add("undeliverable error: " + e);
    }
    if (!left.isEmpty()) {
      AssertionError leak =
          new AssertionError("left behind by the " + key + ":\n  " + String.join("\n  ", left));
      errors.forEach(leak::addSuppressed);
      throw leak;
    }
  }

  /** Describes what is held now, was not held before, and does not go away in time. */
  private static List<String> left(Set<?> before, Duration patience) {
    long start = System.nanoTime();
    List<String> left = new ArrayList<>();
    for (Leakable kind : KINDS) {
      Set<Object> leaks = leaks(kind, before);
      while (!leaks.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
        LockSupport.parkNanos(POLL_NANOS);
        leaks = leaks(kind, before);
      }
      REPORTED.addAll(leaks);
      leaks.forEach(leak -> left.add(kind.describe(leak)));
    }
    return left;
  }

  private static Set<Object> leaks(Leakable kind, Set<?> before) {
    Set<Object> leaks = new HashSet<>(kind.held());
    leaks.removeAll(before);
    leaks.removeAll(REPORTED);
    return leaks;
  }

  private static Set<Object> held() {
    Set<Object> held = new HashSet<>();
    KINDS.forEach(kind -> held.addAll(kind.held()));
    return held;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
