package dev.sluice.fetch;

import dev.sluice.TerminalText;
import dev.sluice.disk.FileName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file names of one run, each with the key that has it. Names are the same if a file system may
 * take them for the same: macOS and Windows ignore case, and macOS the Unicode normal form too.
 * Thread-safe.
 */
final class FileNamesOfRun {
  private final boolean numbering;
  private final ConcurrentMap<String, Owner> owners = new ConcurrentHashMap<>();

  /** The last number given to a name, so that numbering many equal names takes linear time. */
  private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();

  FileNamesOfRun(boolean numbering) {
    this.numbering = numbering;
  }

  /**
   * A name that a key may write to.
   *
   * @param name the wanted name, or that name with a number
   * @param isFirst false if the key has had the name before
   */
  record Claim(FileName name, boolean isFirst) {}

  /**
   * What is kept of a key until the run ends: a key itself may be ten times as large. The same text
   * and the same hash are the same key.
   */
  private record Owner(String text, int hash, Kind kind) {
    Owner(Object key) {
      this(key.toString(), key.hashCode(), Kind.KEY);
    }
  }

  private enum Kind {
    /** Writes the file in this run. */
    KEY,
    /** Has made the file that is there, and may write it again. */
    EARLIER,
    /** For no key. */
    RESERVED
  }

  /**
   * Takes a name, so that no key gets it.
   *
   * @param owner what has the name, as a message calls it
   */
  void reserve(FileName name, String owner) {
    put(name, owner, Kind.RESERVED);
  }

  private void put(FileName name, String owner, Kind kind) {
    owners.putIfAbsent(folded(name), new Owner(owner, owner.hashCode(), kind));
  }

  Claim claim(FileName wanted, Object key) throws FileNameTakenException {
    return claim(wanted, key, name -> Optional.empty());
  }

  /**
   * Gives a key its name.
   *
   * @param earlier what has a name already, as a message calls it
   */
  Claim claim(FileName wanted, Object key, Function<FileName, Optional<String>> earlier)
      throws FileNameTakenException {
    Owner owner = new Owner(key);
    Owner first = take(wanted, owner, earlier);
    if (first == null) {
      return new Claim(wanted, true);
    }
    if (numbering) {
      return new Claim(numbered(wanted, owner, earlier), true);
    }
    if (first.equals(owner)) {
      return new Claim(wanted, false);
    }
    throw new FileNameTakenException(
        "the file name "
            + TerminalText.quoted(wanted.value())
            + " is already used by "
            + (first.kind() == Kind.KEY
                ? TerminalText.line(first.text()) + " in this run"
                : first.text())
            + " (upper and lower case are the same)");
  }

  /** The file was not written, so another key may have the name. */
  void giveUp(Claim claim) {
    if (claim.isFirst()) {
      owners.remove(folded(claim.name()));
    }
  }

  /**
   * Takes a name for a key, also one that was only kept for it. Returns what has the name instead;
   * null if the key has it now.
   */
  private @Nullable Owner take(
      FileName name, Owner owner, Function<FileName, Optional<String>> earlier) {
    Optional<String> other = earlier.apply(name);
    other.ifPresent(text -> put(name, text, Kind.EARLIER));
    Owner first = owners.putIfAbsent(folded(name), owner);
    boolean isKeptForIt = first != null && first.kind() == Kind.EARLIER && other.isEmpty();
    return isKeptForIt && owners.replace(folded(name), first, owner) ? null : first;
  }

  private FileName numbered(
      FileName wanted, Owner owner, Function<FileName, Optional<String>> earlier) {
    String folded = folded(wanted);
    while (true) {
      int number = numbers.merge(folded, 2, (last, two) -> last + 1);
      FileName name = wanted.withSuffix("_" + number);
      if (take(name, owner, earlier) == null) {
        return name;
      }
    }
  }

  /** Equal for names that differ only in case or normal form. */
  private static String folded(FileName name) {
    String value = name.value();
    if (value.chars().allMatch(c -> c < 0x80)) {
      return value.toLowerCase(Locale.ROOT);
    }
    // Upper case first: it makes one of letters such as the two lower-case sigmas. A change of case
    // may leave marks in another order, so the normal form comes last as well.
    String decomposed = Normalizer.normalize(value, Normalizer.Form.NFD);
    String lower = decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }
}
