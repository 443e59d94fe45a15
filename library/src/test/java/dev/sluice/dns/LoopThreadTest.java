package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.Await;
import dev.sluice.Policy;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start, the end and the failures of a resolver's thread. */
@Timeout(60)
class LoopThreadTest extends UdpFixture {
  @Test
  void theThreadEndsWhenIdleAndStartsAgain() {
    Set<SocketAddress> ports = ConcurrentHashMap.newKeySet();
    try (ScriptedNameServer server = notingPorts(ports);
        UdpResolver resolver = asking(server)) {
      Thread first = threadOf(resolver);
      advance(resolver, 4);
      assertSame(first, threadOf(resolver), "not idle for long enough");
      endIdle(resolver, first);
      Thread second = threadOf(resolver);
      assertNotSame(first, second);
      assertEquals(first.getName(), second.getName());
      assertEquals(2, ports.size(), "an idle resolver keeps no socket");
    }
  }

  @Test
  void theThreadDoesNotEndWhileAQueryIsInFlight() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (!received.name().equals("slow.dev")) {
                    received.found();
                  }
                });
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(server.address())).withTimeout(Duration.ofSeconds(20)), clock::get)) {
      TestObserver<Answer> slow = resolver.resolve(DomainName.of("slow.dev")).test();
      Thread thread = threadOf(resolver);
      advance(resolver, 15);
      assertSame(thread, threadOf(resolver));
      slow.dispose();
    }
  }

  @Test
  @SuppressWarnings("try") // Closed twice: the code after the first close is what is tested.
  void anIdleResolverCanBeClosed() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server)) {
      endIdle(resolver, threadOf(resolver));
      resolver.close();
      assertFailed(ask(resolver), Reason.UNREACHABLE, "the resolver is closed");
    }
  }

  @Test
  void queriesOfManyThreadsAreAnsweredWhileTheThreadEndsAndStarts() throws Exception {
    int callers = 4;
    CyclicBarrier together = new CyclicBarrier(callers);
    AtomicInteger answered = new AtomicInteger();
    // A clock that runs so fast that the loop is idle for long after each query.
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(server.address())).withTimeout(Policy.FOREVER),
                () -> clock.addAndGet(SECONDS.toNanos(3)))) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        Thread caller =
            new Thread(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    meet(together);
                    ask(resolver).assertValueCount(1);
                    answered.incrementAndGet();
                  }
                });
        caller.start();
        threads.add(caller);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(callers * 200, answered.get());
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aThreadThatCannotBeStartedIsAFailureAndTheNextQueryTriesAgain() {
    AtomicBoolean scarce = new AtomicBoolean(true);
    ThreadFactory threads =
        task ->
            new Thread(task) {
              @Override
              public synchronized void start() {
                if (scarce.get()) {
                  throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
              }
            };
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver =
            UdpResolver.withThreads(to(List.of(server.address())), clock::get, threads)) {
      for (int i = 0; i < 3; i++) {
        ask(resolver)
            .assertError(e -> e instanceof DnsException failure && failure.isTransient())
            .assertError(
                e ->
                    "await.dev A: not asked: unable to create native thread"
                        .equals(e.getMessage()));
      }
      scarce.set(false);
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  void aBrokenLoopIsNotSaidToBeClosedAndStartsAgain() {
    AtomicBoolean broken = new AtomicBoolean();
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.name().equals("fine.dev")) {
                    received.found();
                  }
                });
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(server.address())),
                () -> {
                  if (broken.getAndSet(false)) {
                    throw new IllegalStateException("no clock");
                  }
                  return clock.get();
                })) {
      TestObserver<Answer> flying = resolver.resolve(NAME).test();
      awaitAsked(server, 1);
      broken.set(true);
      resolver.readClock();
      assertFailed(await(flying), Reason.UNREACHABLE, "no clock");
      await(resolver.resolve(DomainName.of("fine.dev")).test()).assertValueCount(1);
    }
  }

  @Test
  void theThreadInheritsNothingFromItsFirstCaller() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server);
        URLClassLoader loader = new URLClassLoader(new URL[0])) {
      local.set("a secret of the caller");
      caller.setContextClassLoader(loader);
      AtomicBoolean inherits = new AtomicBoolean();
      await(resolver.resolve(NAME).doOnSuccess(answer -> inherits.set(local.get() != null)).test())
          .assertValueCount(1);
      assertFalse(inherits.get(), "the inheritable thread local");
      assertNotSame(loader, threadOf(resolver).getContextClassLoader());
    } finally {
      local.remove();
      caller.setContextClassLoader(before);
    }
    assertNull(local.get());
  }

  /** The thread that answers. */
  private static Thread threadOf(UdpResolver resolver) {
    Maybe<Thread> thread = resolver.resolve(NAME).map(answer -> Thread.currentThread());
    return thread.test().awaitDone(10, SECONDS).assertValueCount(1).values().get(0);
  }

  /** Lets five seconds pass until the thread has ended. */
  private void endIdle(UdpResolver resolver, Thread thread) {
    Await.until(
        () -> {
          advance(resolver, 5);
          return !thread.isAlive();
        },
        "the idle thread ends");
  }
}
