package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Single;
import java.util.Locale;

/** The download methods of this module. */
enum DownloadMethod {
  /** The library. */
  SLUICE {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.run(job);
    }
  },

  /** The library, with a line in a journal for each outcome. */
  JOURNALLED {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.runJournalled(job);
    }
  },

  /** Retrofit and RxJava alone: the baseline for the cost of the library. */
  BARE {
    @Override
    Single<Long> run(DownloadJob job) {
      return BareDownloads.run(job);
    }
  },

  /** The library with Netty instead of OkHttp: a thread for each call, as with OkHttp. */
  NETTY_CALLS {
    @Override
    Single<Long> run(DownloadJob job) {
      return NettyDownloads.blocking(job);
    }
  },

  /** The same without a thread for each call, and without Retrofit. */
  NETTY_ASYNC {
    @Override
    Single<Long> run(DownloadJob job) {
      return NettyDownloads.asynchronous(job);
    }
  },

  /** The same with Retrofit, without a thread for each call. */
  NETTY_RETROFIT {
    @Override
    Single<Long> run(DownloadJob job) {
      return NettyDownloads.asynchronousRetrofit(job);
    }
  };

  /** Cold. Emits the number of keys with an outcome. */
  abstract Single<Long> run(DownloadJob job);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
