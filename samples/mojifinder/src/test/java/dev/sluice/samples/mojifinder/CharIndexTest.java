package dev.sluice.samples.mojifinder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharIndexTest {
  private static final CharIndex INDEX = CharIndex.ofUnicode();

  @Test
  void findsNamesWithAllWordsInCodePointOrder() {
    int[] found = INDEX.search("cat face").codePoints();
    assertEquals(0x1F431, found[0]);
    assertEquals(10, found.length);
    assertArrayEquals(Arrays.stream(found).sorted().toArray(), found);
  }

  @ParameterizedTest
  @CsvSource({
    "FACE CAT,10",
    "cAt  FaCe,10",
    "cat-face,10",
    "cat cat face,10",
    "smiling heart-shaped,2",
    "cjk unified 4E00,2",
    "melting face,1",
    "hangul syllable gag,1",
    "tangut ideograph 17000,1",
    "registered,1",
  })
  void acceptsWordsInAnyOrderAndCase(String query, int count) {
    assertEquals(count, INDEX.search(query).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "\t",
        "brillig",
        "cat brillig",
        "4e0",
        "04E00",
        "D800",
        "E000",
        "10FFFF",
        "110000",
        "FFFFF",
        "<control>",
        "\u0000"
      })
  void findsNothingForEmptyQueriesAndUnknownWords(String query) {
    assertEquals(0, INDEX.search(query).count());
    assertEquals(0, INDEX.search(query).codePoints().length);
    INDEX.search(query).names().test().assertResult();
  }

  /** Compares with a linear search that uses none of the index classes. */
  @Test
  void agreesWithALinearSearchForTwoHundredQueries() {
    List<List<String>> names = plainNames();
    Random random = new Random(2323);
    for (int i = 0; i < 200; i++) {
      List<String> name = names.get(random.nextInt(names.size()));
      List<String> query =
          random.ints(1 + random.nextInt(3), 1, name.size()).mapToObj(name::get).toList();
      int[] expected =
          names.stream()
              .filter(each -> each.subList(1, each.size()).containsAll(query))
              .mapToInt(each -> Integer.parseInt(each.get(0), 16))
              .toArray();
      assertArrayEquals(
          expected,
          // The index has newer characters, too.
          Arrays.stream(INDEX.search(String.join(" ", query)).codePoints())
              .filter(Character::isDefined)
              .toArray(),
          query::toString);
    }
  }

  /** The code point first, then the words of its name. */
  private static List<List<String>> plainNames() {
    List<List<String>> names = new ArrayList<>();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(Character::isDefined)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.PRIVATE_USE)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(
            c ->
                names.add(
                    List.of((Integer.toHexString(c) + " " + plainName(c)).split("[ -]+", -1))));
    return names;
  }

  private static String plainName(int codePoint) {
    String name = String.valueOf(Character.getName(codePoint));
    String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
    if (name.startsWith("CJK UNIFIED IDEOGRAPHS")) {
      return "CJK UNIFIED IDEOGRAPH-" + hex;
    }
    if (name.startsWith("TANGUT " + hex) || name.startsWith("TANGUT SUPPLEMENT")) {
      return "TANGUT IDEOGRAPH-" + hex;
    }
    return name.startsWith("HANGUL SYLLABLES") ? UnicodeNames.of(codePoint) : name;
  }

  @Test
  void emitsNoMoreThanRequested() {
    TestSubscriber<CharName> subscriber = INDEX.search("letter").names().test(3);
    subscriber.assertValueCount(3).assertNotComplete();
    subscriber.request(2);
    subscriber.assertValueCount(5).assertNotComplete();
    subscriber.cancel();
  }

  @Test
  void formatsALineForEachCharacter() {
    assertEquals(
        "U+1F431\t🐱\tCAT FACE", INDEX.search("cat face").names().blockingFirst().toString());
    assertEquals(
        "U+0041\tA\tLATIN CAPITAL LETTER A",
        INDEX.search("latin capital letter a").names().blockingFirst().toString());
  }
}
