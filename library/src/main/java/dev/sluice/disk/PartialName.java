package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names of partial files and their records: a hash, so that their length is bounded. No {@link
 * FileName} can equal one.
 */
final class PartialName {
  /** The end of the name of each file. */
  static final String PART = ".part";

  private static final String RECORD = ".json";
  private static final int HASH_BYTES = 10;
  private static final Pattern FORM = Pattern.compile("\\.sluice-[0-9a-f]{20}\\.(part|json)");

  private PartialName() {}

  /** The name of the file. */
  static String part(String slot) {
    return of(slot) + PART;
  }

  /** The name of the record beside it. */
  static String record(String slot) {
    return of(slot) + RECORD;
  }

  /** The name without its end, {@code .part} or {@code .json}. */
  static String of(String slot) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(slot.getBytes(UTF_8));
      return TempName.PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The name of the record of a file, or of the file of a record. */
  static String sibling(String name) {
    String hash = name.substring(0, name.lastIndexOf('.'));
    return hash + (name.endsWith(PART) ? RECORD : PART);
  }

  static boolean isPartial(String name) {
    return name.startsWith(TempName.PREFIX) && FORM.matcher(name).matches();
  }
}
