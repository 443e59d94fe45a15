package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names, such as those that a registry reserves. An entry with a dot is one domain: {@code
 * nic.dev}. An entry without a dot is this label under every public suffix: {@code www}.
 *
 * @param name of the list, for the evidence: mostly its file
 * @param entries the names in ASCII
 */
public record NameList(String name, Set<String> entries) {
  /** A label alone may be a number, decimal or hexadecimal, which a whole name may not be. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,63}|0[xX][0-9a-fA-F]{0,61}");

  /**
   * Converts the entries to ASCII.
   *
   * @param name of the list
   * @param entries names in any case and any script; an {@code IllegalArgumentException} for an
   *     entry that is none
   */
  public NameList {
    requireNonNull(name, "name");
    Set<String> ascii = new LinkedHashSet<>();
    entries.forEach(entry -> ascii.add(ascii(entry)));
    entries = Set.copyOf(ascii);
  }

  /**
   * {@return a list}
   *
   * @param name of the list
   * @param entries the names
   */
  public static NameList of(String name, Collection<String> entries) {
    return new NameList(name, new LinkedHashSet<>(entries));
  }

  /**
   * {@return the names of a file, one a line; empty lines and those that begin with # do not count}
   *
   * @param file text in UTF-8, read on this thread
   * @throws IOException if it cannot be read, or a line is no name; the message says which
   */
  public static NameList of(Path file) throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    int number = 0;
    try {
      for (String line : TextLines.of(file)) {
        number++;
        String entry = line.strip();
        if (!entry.isEmpty() && !entry.startsWith("#")) {
          entries.add(ascii(entry));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
    }
    return new NameList(file.toString(), entries);
  }

  private static String ascii(String entry) {
    return NUMBER.matcher(entry).matches()
        ? entry.toLowerCase(Locale.ROOT)
        : DomainName.of(entry).value();
  }

  /** The entry that a domain is in the list by. */
  Optional<String> entryOf(DomainName domain) {
    String value = domain.value();
    if (entries.contains(value)) {
      return Optional.of(value);
    }
    String label = value.substring(0, value.indexOf('.'));
    return entries.contains(label) ? Optional.of(label) : Optional.empty();
  }
}
