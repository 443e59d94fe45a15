package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Single;
import java.util.Locale;

/** The download methods of this module. */
enum Downloads {
  /** The library. */
  SLUICE {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.run(job);
    }
  },

  /** Retrofit and RxJava alone: the baseline for the cost of the library. */
  BARE {
    @Override
    Single<Long> run(DownloadJob job) {
      return BareDownloads.run(job);
    }
  };

  /** Cold. Emits the number of keys with an outcome. */
  abstract Single<Long> run(DownloadJob job);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
