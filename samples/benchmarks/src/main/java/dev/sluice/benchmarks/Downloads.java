package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Single;
import java.util.Locale;

/** The ways in which this module can do a job itself. */
enum Downloads {
  /** The library. */
  SLUICE {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.run(job);
    }
  },

  /** Retrofit and RxJava with nothing around them: what the library may cost at most. */
  BARE {
    @Override
    Single<Long> run(DownloadJob job) {
      return BareDownloads.run(job);
    }
  };

  /** Cold; emits how many keys had an outcome. */
  abstract Single<Long> run(DownloadJob job);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
