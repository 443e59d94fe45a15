package dev.sluice.http;

import okhttp3.OkHttpClient;

/**
 * Whether the OkHttp and the Okio on the class path fit together. Sluice brings OkHttp 3.14 and
 * Okio 1, and also works with OkHttp 4 and its Okio. A build may choose OkHttp 4 with Okio 1, where
 * the first call would end with a {@code NoSuchFieldError}.
 */
final class OkHttpVersions {
  private OkHttpVersions() {}

  /**
   * Called before the first use of OkHttp.
   *
   * @throws IllegalStateException if they do not fit; the message says how to mend the build
   */
  static void requireFit() {
    if (exists("okhttp3.OkHttp") && !exists("okio.ByteString$Companion")) {
      throw new IllegalStateException(
          "OkHttp 4 or later needs the Okio that it asks for, but the class path has Okio 1:"
              + " exclude com.squareup.okio:okio from dev.sluice:sluice in your build");
    }
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type, false, OkHttpClient.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
