package dev.sluice.benchmarks;

import dev.sluice.benchmarks.VerdictCounter.Verdict;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Netty's resolver, tuned: no caches, no hosts file, a receive buffer for all the answers. */
final class NettyProbes {
  private static final int RECEIVE_BUFFER = 4 << 20;

  private NettyProbes() {}

  static Completable run(ProbeJob job, VerdictCounter count) {
    return Completable.using(
        () -> new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
        group -> probeAll(resolver(group, job), job, count),
        NettyProbes::shutDown);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The thread that would wait is the one to end.
  private static void shutDown(EventLoopGroup group) {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static Completable probeAll(
      DnsNameResolver resolver, ProbeJob job, VerdictCounter count) {
    return job.names()
        .flatMapSingle(name -> probe(resolver, name), false, job.limit())
        .doOnNext(count::add)
        .ignoreElements();
  }

  private static DnsNameResolver resolver(EventLoopGroup group, ProbeJob job) {
    return new DnsNameResolverBuilder(group.next())
        .datagramChannelFactory(NettyProbes::channel)
        .nameServerProvider(
            new SingletonDnsServerAddressStreamProvider(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), job.port())))
        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY)
        .hostsFileEntriesResolver(HostsFileEntriesResolver.DEFAULT)
        .resolveCache(NoopDnsCache.INSTANCE)
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .searchDomains(List.of())
        .build();
  }

  private static DatagramChannel channel() {
    NioDatagramChannel channel = new NioDatagramChannel();
    channel.config().setReceiveBufferSize(RECEIVE_BUFFER);
    return channel;
  }

  private static Single<Verdict> probe(DnsNameResolver resolver, String name) {
    return Single.create(
        emitter ->
            resolver
                .resolveAll(name)
                .addListener(
                    (Future<List<InetAddress>> future) -> emitter.onSuccess(verdict(future))));
  }

  private static Verdict verdict(Future<List<InetAddress>> future) {
    if (future.isSuccess()) {
      return Verdict.FOUND;
    }
    Throwable reason = future.cause().getCause();
    if (reason == null) {
      // The message that Netty gives for a name without an address.
      return Verdict.NO_DATA;
    }
    return reason instanceof DnsErrorCauseException e
            && e.getCode().equals(DnsResponseCode.NXDOMAIN)
        ? Verdict.NOT_FOUND
        : Verdict.FAILED;
  }
}
