package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.benchmarks.VerdictCounter.Verdict;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;
import io.reactivex.rxjava3.core.Completable;

/** The library as a user takes it. */
final class SluiceProbes {
  private SluiceProbes() {}

  static Completable run(ProbeJob job, VerdictCounter count) {
    DnsOptions options = DnsOptions.standard().withServers(DnsOptions.parseServers(job.server()));
    return run(job, options, count);
  }

  static Completable run(ProbeJob job, DnsOptions options, VerdictCounter count) {
    Policy policy = Policy.limit(job.limit()).withAttemptTimeout(Policy.FOREVER);
    return Completable.using(
        () -> UdpResolver.of(options),
        resolver ->
            Domains.of(resolver, policy)
                .probeAll(job.names())
                .doOnNext(outcome -> count.add(verdict(outcome)))
                .ignoreElements(),
        UdpResolver::close);
  }

  static Verdict verdict(Outcome<String, Answer> outcome) {
    return outcome.fold(
        success -> success.value().addresses().isEmpty() ? Verdict.NO_DATA : Verdict.FOUND,
        notFound -> Verdict.NOT_FOUND,
        failure -> Verdict.FAILED);
  }
}
