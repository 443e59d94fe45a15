package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Await;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A resolver against scripted servers on loopback; the clock moves by hand, so nothing is late by
 * chance.
 */
abstract class UdpFixture {
  static final DomainName NAME = DomainName.of("await.dev");

  final AtomicLong clock = new AtomicLong();

  UdpResolver asking(ScriptedNameServer... servers) {
    return UdpResolver.withClock(
        to(List.of(servers).stream().map(ScriptedNameServer::address).toList()), clock::get);
  }

  /** A server that finds every name, and notes from which ports it is asked. */
  static ScriptedNameServer notingPorts(Set<SocketAddress> ports) {
    return ScriptedNameServer.answering(
        received -> {
          ports.add(received.from());
          received.found();
        });
  }

  static DnsOptions to(List<InetSocketAddress> servers) {
    return DnsOptions.standard().withServers(servers);
  }

  void advance(UdpResolver resolver, int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    resolver.readClock();
  }

  static void awaitAsked(ScriptedNameServer server, int count) {
    Await.until(() -> server.asked() == count, "queries: " + count);
  }

  static TestObserver<Answer> ask(UdpResolver resolver) {
    return await(resolver.resolve(NAME).test());
  }

  static TestObserver<Answer> await(TestObserver<Answer> observer) {
    return observer.awaitDone(10, SECONDS);
  }

  static void assertFailed(TestObserver<Answer> observer, Reason reason, String message) {
    observer.assertError(
        e ->
            e instanceof DnsException failure
                && failure.reason() == reason
                && String.valueOf(failure.getMessage()).contains(message));
  }
}
