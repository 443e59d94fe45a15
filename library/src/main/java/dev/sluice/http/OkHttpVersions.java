package dev.sluice.http;

import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okio.ByteString;

/**
 * Whether the OkHttp and the Okio on the class path fit together. Sluice brings OkHttp 3.14 and
 * Okio 1, and also works with OkHttp 4 and its Okio. A build that only manages the version of
 * OkHttp gets OkHttp 4 with Okio 1, where the first call would end with a {@code NoSuchFieldError}.
 */
final class OkHttpVersions {
  private OkHttpVersions() {}

  /**
   * Called before the first use of OkHttp.
   *
   * @throws IllegalStateException if they do not fit; the message says how to mend the build
   */
  static void requireFit() {
    if (isKotlin(OkHttpClient.class) && !isKotlin(ByteString.class)) {
      throw new IllegalStateException(
          "OkHttp 4 or later needs the Okio that it asks for, but the class path has Okio 1:"
              + " declare com.squareup.okhttp3:okhttp as a dependency in your build");
    }
  }

  /** Both became Kotlin then, with a companion; to look for one of their new classes is slower. */
  private static boolean isKotlin(Class<?> type) {
    return Stream.of(type.getFields()).anyMatch(field -> field.getName().equals("Companion"));
  }
}
