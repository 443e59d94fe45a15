package dev.sluice.samples.fetch;

import dev.sluice.TerminalText;
import dev.sluice.samples.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksums of files, as {@code sha256sum} and its siblings write them: the digest in
 * hexadecimal, a blank, a blank or an asterisk, and the name; or, with {@code --tag}, {@code SHA256
 * (NAME) = HEX}. The length of the digest tells its algorithm.
 */
final class ChecksumFile {
  /** The second form, with one blank or with tabs, is that of lists made by hand. */
  private static final Pattern LINE =
      Pattern.compile("(?s)(\\\\?)([0-9a-fA-F]{32,128})(?: [ *]|[ \t]+\\*?)(.+)");

  private static final Pattern TAGGED =
      Pattern.compile("(?s)(\\\\?)([A-Za-z0-9-]+) \\((.+)\\) = ([0-9a-fA-F]{32,128})");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([nr\\\\])");

  private static final Map<Integer, String> ALGORITHMS =
      Map.of(32, "md5", 40, "sha-1", 64, "sha-256", 96, "sha-384", 128, "sha-512");

  private static final String AMBIGUOUS = "";

  private final Map<String, String> checksums = new HashMap<>();

  private ChecksumFile() {}

  /**
   * Reads a file.
   *
   * @throws ListException if a line is not of that form, or contradicts another
   */
  static ChecksumFile read(Path file) throws IOException {
    ChecksumFile all = new ChecksumFile();
    try (BufferedReader text = TextFile.open(file)) {
      int number = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          all.add(number, line);
        }
      }
    }
    return all;
  }

  /**
   * The checksum of a file, such as {@code sha-256=…}; empty if the list does not have the file.
   *
   * @throws BadItemException if the list has files of that name in several folders, with different
   *     checksums
   */
  Optional<String> of(String fileName) throws BadItemException {
    String checksum = checksums.get(fileName);
    if (AMBIGUOUS.equals(checksum)) {
      throw new BadItemException(
          "the checksums have several files " + TerminalText.quoted(fileName) + " that differ");
    }
    return Optional.ofNullable(checksum);
  }

  private void add(int number, String line) throws ListException {
    Matcher plain = LINE.matcher(line);
    Matcher tagged = TAGGED.matcher(line);
    boolean isTagged = tagged.matches();
    if (!isTagged && !plain.matches()) {
      throw fault(number, line);
    }
    String hex = isTagged ? tagged.group(4) : plain.group(2);
    String name = isTagged ? tagged.group(3) : plain.group(3);
    String algorithm = ALGORITHMS.get(hex.length());
    if (algorithm == null || (isTagged && !isNamed(algorithm, tagged.group(2)))) {
      throw fault(number, line);
    }
    if (!(isTagged ? tagged : plain).group(1).isEmpty()) {
      name = unescaped(name);
    }
    String checksum = algorithm + "=" + hex.toLowerCase(Locale.ROOT);
    // A list made in another folder has ./ or a path before the name of the file.
    checksums.merge(
        name.substring(name.lastIndexOf('/') + 1),
        checksum,
        (one, other) -> one.equals(other) ? one : AMBIGUOUS);
  }

  /** Others have digests of the same length: BLAKE2, SHA-3. */
  private static boolean isNamed(String algorithm, String tag) {
    return algorithm.replace("-", "").equalsIgnoreCase(tag.replace("-", ""));
  }

  private static String unescaped(String name) {
    return ESCAPED
        .matcher(name)
        .replaceAll(
            it ->
                switch (it.group(1)) {
                  case "n" -> "\n";
                  case "r" -> "\r";
                  default -> Matcher.quoteReplacement("\\");
                });
  }

  private static ListException fault(int number, String line) {
    return new ListException(
        "line "
            + number
            + ": "
            + TerminalText.quoted(line.length() > 100 ? line.substring(0, 100) + "…" : line)
            + " is no checksum: allowed are the lines that sha256sum writes");
  }
}
