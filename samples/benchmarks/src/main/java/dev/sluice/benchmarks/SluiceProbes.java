package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.benchmarks.VerdictCounter.Verdict;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;
import dev.sluice.journal.Journal;
import io.reactivex.rxjava3.core.Completable;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The library as a user takes it. */
final class SluiceProbes {
  private SluiceProbes() {}

  static Completable run(ProbeJob job, VerdictCounter count) {
    return run(job, options(job), count);
  }

  private static DnsOptions options(ProbeJob job) {
    return DnsOptions.standard().withServers(DnsOptions.parseServers(job.server()));
  }

  static Completable run(ProbeJob job, DnsOptions options, VerdictCounter count) {
    return run(job, options, count, pipeline -> pipeline);
  }

  /** The same, with a line in a new journal for each outcome. */
  static Completable runJournalled(ProbeJob job, Path file, VerdictCounter count) {
    return Completable.using(
        () -> Journal.open(file),
        journal ->
            run(
                job,
                options(job),
                count,
                pipeline -> pipeline.journalled(journal, Domains.journalCodec())),
        Journal::close);
  }

  private static Completable run(
      ProbeJob job,
      DnsOptions options,
      VerdictCounter count,
      UnaryOperator<Pipeline<String, Answer>> change) {
    Policy policy = Policy.limit(job.limit()).withAttemptTimeout(Policy.FOREVER);
    return Completable.using(
        () -> UdpResolver.of(options),
        resolver ->
            change
                .apply(Domains.of(resolver, policy).probesOfText())
                .runAll(job.names())
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
