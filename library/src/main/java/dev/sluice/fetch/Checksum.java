package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The hash that the content of a file has, or must have.
 *
 * <pre>{@code
 * Checksum.parse("sha-256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
 * Checksum.parse("sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:"); // RFC 9530
 * }</pre>
 *
 * @param algorithm {@code md5}, {@code sha-1}, {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param hex the hash in hexadecimal digits; lower case in the record
 */
public record Checksum(String algorithm, String hex) {
  private static final String ALLOWED =
      "; known are md5, sha-1, sha-256, sha-384 and sha-512, in hexadecimal digits";

  /** Algorithms with the length of their hash in bytes. */
  private static final Map<String, Integer> BYTES =
      Map.of("md5", 16, "sha-1", 20, "sha-256", 32, "sha-384", 48, "sha-512", 64);

  /**
   * Checks and normalises both.
   *
   * @param algorithm in any case, with or without the hyphen
   * @param hex in any case
   * @throws IllegalArgumentException if the algorithm is not known or the hash has not its length
   */
  public Checksum {
    requireNonNull(hex, "hex");
    algorithm = known(requireNonNull(algorithm, "algorithm"));
    hex = hex.toLowerCase(Locale.ROOT);
    int digits = 2 * BYTES.getOrDefault(algorithm, 0);
    if (hex.length() != digits || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          "hex: " + TerminalText.quoted(hex) + ", must be " + digits + " digits for " + algorithm);
    }
  }

  /**
   * Parses {@code sha-256=<hex>} as aria2 writes it, or {@code sha-256=:<base64>:} (RFC 9530).
   *
   * @param text an algorithm, =, and the hash
   * @return the checksum
   * @throws IllegalArgumentException if it is none; the message has the text
   */
  public static Checksum parse(String text) {
    int equals = requireNonNull(text, "text").indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "text: " + TerminalText.quoted(text) + ", must be algorithm=hash" + ALLOWED);
    }
    String hash = text.substring(equals + 1).strip();
    boolean isBase64 = hash.length() > 2 && hash.startsWith(":") && hash.endsWith(":");
    return new Checksum(
        text.substring(0, equals).strip(),
        isBase64 ? hexOf(Base64.getDecoder().decode(hash.substring(1, hash.length() - 1))) : hash);
  }

  /** The checksum that a digest has made. */
  static Checksum of(String algorithm, MessageDigest digest) {
    return new Checksum(algorithm, hexOf(digest.digest()));
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  private static String hexOf(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static String known(String algorithm) {
    String lower = algorithm.toLowerCase(Locale.ROOT);
    String name =
        lower.startsWith("sha") && !lower.startsWith("sha-") ? "sha-" + lower.substring(3) : lower;
    if (!BYTES.containsKey(name)) {
      throw new IllegalArgumentException("algorithm: " + TerminalText.quoted(algorithm) + ALLOWED);
    }
    return name;
  }

  /** {@return {@code sha-256=<hex>}} */
  @Override
  public String toString() {
    return algorithm + "=" + hex;
  }
}
