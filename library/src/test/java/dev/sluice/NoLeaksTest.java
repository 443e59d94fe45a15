package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class NoLeaksTest {
  @AfterEach
  void cleanUp() throws Exception {
    LeakingSamples.cleanUp();
  }

  @Test
  void reportsADaemonThread() {
    assertReported(
        LeakingSamples.LeavesADaemonThread.class,
        "left behind by the test:",
        "thread forgotten (daemon, WAITING)",
        "dev.sluice.LeakingSamples.awaitUninterruptibly(");
  }

  @Test
  void reportsAThreadThatWouldKeepTheJvmAlive() {
    assertReported(LeakingSamples.LeavesAUserThread.class, "thread forgotten (WAITING)");
  }

  @Test
  void reportsATaskOnASharedThread() {
    assertReported(LeakingSamples.LeavesATaskOnASharedThread.class, "thread sluice-network-");
  }

  @Test
  void reportsAPermit() {
    assertReported(LeakingSamples.LeavesAPermitOut.class, "permits out: ", "1 of 7");
  }

  @Test
  void reportsAnOpenConnection() {
    assumeDescriptorsAreListed();
    assertReported(
        LeakingSamples.LeavesAConnectionOpen.class,
        "descriptor ",
        ": tcp",
        " 127.0.0.1:",
        " to 127.0.0.1:");
  }

  @Test
  void reportsAnOpenFile() {
    assumeDescriptorsAreListed();
    assertReported(LeakingSamples.LeavesAFileOpen.class, "descriptor ", "/pom.xml");
  }

  @Test
  void reportsAnOpenSelector() {
    assumeDescriptorsAreListed();
    assertReported(LeakingSamples.LeavesASelectorOpen.class, "descriptor ", "eventpoll");
  }

  @Test
  void reportsAnUndeliverableError() {
    Throwable leak =
        assertReported(
            LeakingSamples.LeavesAnUndeliverableError.class, "undeliverable error: ", "too late");
    assertEquals(1, leak.getSuppressed().length);
  }

  @Test
  void reportsAThreadStartedByAFieldOfTheTest() {
    assertReported(
        LeakingSamples.LeavesAThreadOfAField.class, "left behind by the test:", "thread forgotten");
  }

  @Test
  void reportsAThreadStartedBeforeAllTestsOfAClass() {
    assertReported(
        LeakingSamples.LeavesAThreadOfTheClass.class,
        "left behind by the class:",
        "thread forgotten");
  }

  @Test
  void acceptsWhatEndsInTimeAndIdleSharedThreads() {
    assertEquals(List.of(), failures(LeakingSamples.LeavesNothing.class, 5_000));
  }

  @Test
  void isRegisteredForEveryTest() {
    String handler = String.valueOf(RxJavaPlugins.getErrorHandler());
    assertTrue(handler.startsWith(NoLeaks.class.getName()), handler);
  }

  private static void assumeDescriptorsAreListed() {
    assumeTrue(LeakableDescriptors.areListed(), "only Linux lists the open descriptors");
  }

  /** The one failure of a sample; its message has all of these parts. */
  private static Throwable assertReported(Class<?> sample, String... parts) {
    List<Throwable> failures = failures(sample, 50);
    assertEquals(1, failures.size(), failures::toString);
    String message = String.valueOf(failures.get(0).getMessage());
    assertAll(
        List.of(parts).stream()
            .map(part -> () -> assertTrue(message.contains(part), part + " in: " + message)));
    return failures.get(0);
  }

  private static List<Throwable> failures(Class<?> sample, int patienceMillis) {
    List<Throwable> failures = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(sample))
                .configurationParameter(NoLeaks.PATIENCE_MILLIS, String.valueOf(patienceMillis))
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
              }
            });
    return failures;
  }
}
