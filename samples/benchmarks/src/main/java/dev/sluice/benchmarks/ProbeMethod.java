package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Completable;
import java.util.Locale;

/** The probe methods of this module. */
enum ProbeMethod {
  /** The library. */
  SLUICE {
    @Override
    Completable run(ProbeJob job, VerdictCounter count) {
      return SluiceProbes.run(job, count);
    }
  },

  /** Netty's resolver with A alone, one query a name. */
  NETTY {
    @Override
    Completable run(ProbeJob job, VerdictCounter count) {
      return NettyProbes.run(job, count);
    }
  },

  /** The resolver of the JDK, which blocks a thread for each name. */
  INET_ADDRESS {
    @Override
    Completable run(ProbeJob job, VerdictCounter count) {
      return InetAddressProbes.run(job, count);
    }
  };

  /** Cold. Completes when every name has its verdict. */
  abstract Completable run(ProbeJob job, VerdictCounter count);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
