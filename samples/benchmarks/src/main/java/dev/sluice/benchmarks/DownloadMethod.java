package dev.sluice.benchmarks;

import dev.sluice.http.HttpOptions;
import dev.sluice.netty.NettyTransport;
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

  /** The library over Netty: no thread for a call. */
  NETTY {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.run(job, HttpOptions.standard().withTransport(NettyTransport::open));
    }
  },

  /** Any URLs: the class behind {@code sluice fetch}. */
  URLS {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.runByUrl(job, HttpOptions.standard());
    }
  },

  /** The same with a line in a journal for each outcome. */
  URLS_JOURNALLED {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.runByUrlJournalled(job);
    }
  },

  /** URLs over Netty. */
  URLS_NETTY {
    @Override
    Single<Long> run(DownloadJob job) {
      return SluiceDownloads.runByUrl(
          job, HttpOptions.standard().withTransport(NettyTransport::open));
    }
  };

  /** Cold. Emits the number of keys with an outcome. */
  abstract Single<Long> run(DownloadJob job);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
