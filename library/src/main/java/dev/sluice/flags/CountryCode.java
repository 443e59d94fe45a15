package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The code of a country: two letters, A to Z, as in ISO 3166-1 alpha-2.
 *
 * @param value the letters, in upper case
 */
public record CountryCode(String value) implements Comparable<CountryCode> {
  private static final List<CountryCode> MOST_POPULOUS =
      listOf("CN IN US ID BR PK NG BD RU JP MX PH VN ET EG DE IR TR CD FR");

  private static final List<CountryCode> CLASSIC =
      listOf(
          """
          AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA
          CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DZ EC EE EG ER ES ET FI FJ FM FR
          GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG
          KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN
          MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO
          RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO
          TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW\
          """);

  /**
   * Checks the letters and makes them upper case.
   *
   * @param value two letters, in any case
   */
  public CountryCode {
    requireNonNull(value, "value");
    if (value.length() != 2 || !isLetter(value.charAt(0)) || !isLetter(value.charAt(1))) {
      throw new IllegalArgumentException(
          "country code: " + TerminalText.quoted(value) + ", must be two letters, AA to ZZ");
    }
    value = value.toUpperCase(Locale.ROOT);
  }

  /**
   * {@return the code with these letters}
   *
   * @param letters two letters, A to Z, in any case
   */
  public static CountryCode of(String letters) {
    return new CountryCode(letters);
  }

  /**
   * {@return the code with these letters, like {@link #of}, but with an exception that is a failure
   * of one key and not the end of a run: for {@link dev.sluice.Pipeline#parsing}}
   *
   * @param letters two letters, A to Z, in any case
   * @throws BadCountryCodeException if it is anything else
   */
  public static CountryCode parse(String letters) throws BadCountryCodeException {
    try {
      return of(letters);
    } catch (IllegalArgumentException e) {
      throw new BadCountryCodeException(e);
    }
  }

  /** {@return the 20 most populous countries, the most populous first} */
  public static List<CountryCode> mostPopulous() {
    return MOST_POPULOUS;
  }

  /** {@return the 194 countries whose flags the classic source has} */
  public static List<CountryCode> classic() {
    return CLASSIC;
  }

  /** {@return all 676 codes, AA to ZZ, most of which no country has} */
  public static List<CountryCode> every() {
    return IntStream.rangeClosed('A', 'Z')
        .mapToObj(first -> startingWith((char) first))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * {@return the 26 codes that start with this letter: BA to BZ for B}
   *
   * @param letter A to Z, in any case
   */
  public static List<CountryCode> startingWith(char letter) {
    if (!isLetter(letter)) {
      throw new IllegalArgumentException(
          "letter: " + TerminalText.codePoint(letter) + ", must be from A to Z");
    }
    return IntStream.rangeClosed('A', 'Z')
        .mapToObj(second -> of("" + letter + (char) second))
        .toList();
  }

  @Override
  public int compareTo(CountryCode other) {
    return value.compareTo(other.value);
  }

  /** {@return the two letters} */
  @Override
  public String toString() {
    return value;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static List<CountryCode> listOf(String codes) {
    return Stream.of(codes.split("\\s+")).map(CountryCode::of).toList();
  }
}
