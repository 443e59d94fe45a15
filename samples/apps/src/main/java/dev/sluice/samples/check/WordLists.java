package dev.sluice.samples.check;

import dev.sluice.samples.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The word lists that patterns name, and the presets of top-level domains. */
final class WordLists {
  /** Top-level domains that go together. */
  static final Map<String, List<String>> PRESETS =
      new TreeMap<>(
          Map.of(
              "popular", words("com net org io dev app co ai me xyz"),
              "tech", words("dev app io ai tech cloud software codes systems tools"),
              "europe", words("de fr nl co.uk it es pl ch at se eu")));

  private static final Map<String, List<String>> BUNDLED =
      Map.of(
          "adj",
          words(
              "able bold brave bright brisk calm clear clever cool crisp deep eager early easy fair"
                  + " fast fine firm fond free fresh gentle glad golden good grand great green happy"
                  + " keen kind large light lively lucky mellow mild neat new nice noble open plain"
                  + " proud pure quick quiet rapid rare ready rich sharp silver simple small smart"
                  + " smooth snug soft solid sound steady still strong sunny sure sweet swift tall"
                  + " tidy true warm wide wild wise young"),
          "noun",
          words(
              "anchor apple arrow badge beacon berry bird boat book branch bridge brook cabin candle"
                  + " castle cedar circle cliff cloud coast comet compass coral creek delta desk"
                  + " dove dune ember engine falcon feather field flame forest fox garden gate grove"
                  + " harbor hawk hill island ivy lake lantern leaf lens lighthouse lily lock maple"
                  + " meadow mill moon moss mountain oak ocean orbit otter owl path peak pearl pine"
                  + " planet pond prairie rain raven reef ridge river road rock sail sand sluice"
                  + " spark spring star stone stream summit sun tide tower trail tree valley wave"
                  + " willow wind wolf"));

  private WordLists() {}

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  /**
   * The bundled lists and those of files.
   *
   * @param files each {@code NAME=FILE}
   * @throws IllegalArgumentException if a text is nothing of the kind, or a file has no word
   */
  static Map<String, List<String>> with(List<String> files) throws IOException {
    Map<String, List<String>> lists = new TreeMap<>(BUNDLED);
    for (String text : files) {
      int equals = text.indexOf('=');
      if (equals < 1 || !text.substring(0, equals).matches("[a-z]+")) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a word list: allowed is NAME=FILE, such as fruit=fruits.txt");
      }
      lists.put(text.substring(0, equals), read(Path.of(text.substring(equals + 1))));
    }
    return lists;
  }

  private static List<String> read(Path file) throws IOException {
    List<String> words;
    try (Stream<String> lines = TextFile.read(TextFile.readable(file)).lines()) {
      words =
          lines
              .map(line -> line.strip().toLowerCase(Locale.ROOT))
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .distinct()
              .toList();
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("'" + file + "' has no words");
    }
    return words;
  }
}
