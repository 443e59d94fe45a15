package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The files of the server: {@code {key}/{key}.gif}, all of the same size. */
record FlagFolder(Path root, List<String> keys) {

  static final List<String> MOST_POPULOUS =
      List.of(
          "cn", "in", "us", "id", "br", "pk", "ng", "bd", "ru", "jp", "mx", "ph", "vn", "et", "eg",
          "de", "ir", "tr", "cd", "fr");

  /** Flags with invented keys, because two letters give too few codes. */
  static FlagFolder create(Path root, int flags) throws IOException {
    List<String> keys = keys(flags);
    for (int number = 0; number < flags; number++) {
      write(root, keys.get(number), number);
    }
    for (String code : MOST_POPULOUS) {
      write(root, code, code.hashCode());
    }
    return new FlagFolder(root, keys);
  }

  static List<String> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> String.format(Locale.ROOT, "f%06d", number))
        .toList();
  }

  private static void write(Path root, String key, int number) throws IOException {
    Path folder = Files.createDirectories(root.resolve(key));
    Files.write(folder.resolve(key + ".gif"), FlagSizedGif.numbered(number));
  }
}
