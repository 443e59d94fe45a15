package dev.sluice.fetch;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Codings that belong to a file. Servers that know a suffix as a coding, such as Apache by {@code
 * AddEncoding x-gzip .gz}, say {@code Content-Encoding: x-gzip} of {@code x.tar.gz}, whatever was
 * asked for: the body is the file, as for curl and wget.
 */
final class FileCoding {
  private static final List<String> GZIP = List.of(".gz", ".tgz", ".svgz");
  private static final List<String> BZIP2 = List.of(".bz2", ".tbz2", ".tbz");
  private static final List<String> COMPRESS = List.of(".z");
  private static final List<String> XZ = List.of(".xz", ".txz");

  private static final Map<String, List<String>> SUFFIXES =
      Map.ofEntries(
          entry("gzip", GZIP),
          entry("x-gzip", GZIP),
          entry("bzip2", BZIP2),
          entry("x-bzip2", BZIP2),
          entry("compress", COMPRESS),
          entry("x-compress", COMPRESS),
          entry("xz", XZ),
          entry("x-xz", XZ),
          entry("br", List.of(".br")),
          entry("zstd", List.of(".zst", ".tzst")));

  private FileCoding() {}

  /**
   * Whether the file itself is coded so. What a server codes as it sends it has no length before.
   *
   * @param coding in lower case
   * @param bodyBytes the length of the body; negative if it is not known
   */
  static boolean isOfFile(HttpUrl url, String coding, long bodyBytes) {
    List<String> segments = url.pathSegments();
    String name = segments.get(segments.size() - 1).toLowerCase(Locale.ROOT);
    return bodyBytes >= 0
        && SUFFIXES.getOrDefault(coding, List.of()).stream()
            .anyMatch(suffix -> name.endsWith(suffix) && name.length() > suffix.length());
  }
}
