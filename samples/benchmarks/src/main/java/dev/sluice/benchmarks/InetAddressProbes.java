package dev.sluice.benchmarks;

import dev.sluice.benchmarks.VerdictCounter.Verdict;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@link InetAddress} on a pool, with a thread for each name in flight. */
final class InetAddressProbes {
  /** More threads are not faster, because the processors are the bottleneck. */
  private static final int THREADS = 64;

  private InetAddressProbes() {}

  static Completable run(ProbeJob job, VerdictCounter count) {
    return Completable.using(
        () -> Executors.newFixedThreadPool(THREADS),
        pool -> probeAll(pool, job, count),
        ExecutorService::shutdown);
  }

  private static Completable probeAll(ExecutorService pool, ProbeJob job, VerdictCounter count) {
    return job.names()
        .flatMapSingle(
            name -> Single.fromCallable(() -> probe(name)).subscribeOn(Schedulers.from(pool)),
            false,
            job.limit())
        .doOnNext(count::add)
        .ignoreElements();
  }

  /** Only the message has the reason. These are the messages of glibc. */
  private static Verdict probe(String name) {
    try {
      return InetAddress.getAllByName(name).length > 0 ? Verdict.FOUND : Verdict.FAILED;
    } catch (UnknownHostException e) {
      String words = String.valueOf(e.getMessage());
      if (words.endsWith("Name or service not known")) {
        return Verdict.NOT_FOUND;
      }
      return words.endsWith("No address associated with hostname")
          ? Verdict.NO_DATA
          : Verdict.FAILED;
    }
  }
}
