package dev.sluice.fetch;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.LongConsumer;

/**
 * Tells a user's code how many bytes have come. What it throws does not disturb the download.
 *
 * @param listener the user's code
 */
record ByteProgress(LongConsumer listener) {
  static final ByteProgress NONE = new ByteProgress(bytes -> {});

  void received(long bytes) {
    try {
      listener.accept(bytes);
    } catch (Throwable e) {
      RxJavaPlugins.onError(e);
    }
  }
}
