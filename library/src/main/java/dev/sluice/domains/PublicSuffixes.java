package dev.sluice.domains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The domains below which registries register names, such as {@code com} and {@code co.uk}: the
 * ICANN section of the Public Suffix List.
 *
 * <p>The private section does not count: {@code github.io} is a name that was registered. A
 * top-level domain that is not listed is a public suffix, as the list's rules say.
 *
 * <pre>{@code
 * PublicSuffixes.bundled().registrable(DomainName.of("www.example.co.uk"))   // example.co.uk
 * }</pre>
 */
public final class PublicSuffixes {
  private static final String BUNDLED = "public-suffixes.txt";
  private static final String END = "===END ICANN DOMAINS===";

  private enum Rule {
    SUFFIX,
    /** {@code *.ck}: every name directly below. */
    WILDCARD,
    /** {@code !www.ck}: not a suffix, although a wildcard covers it. */
    EXCEPTION
  }

  /** Wildcards are kept by the domain below which they apply. */
  private final Map<String, Rule> rules = new HashMap<>();

  private final Map<String, Rule> wildcards = new HashMap<>();

  private PublicSuffixes() {}

  private static final class Bundled {
    static final PublicSuffixes LIST = load();

    private static PublicSuffixes load() {
      try (InputStream in =
          requireNonNull(PublicSuffixes.class.getResourceAsStream(BUNDLED), BUNDLED)) {
        return read(new String(in.readAllBytes(), UTF_8).lines().toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@return the list that comes with this library; its first lines say of which date} */
  public static PublicSuffixes bundled() {
    return Bundled.LIST;
  }

  /**
   * {@return the suffixes of a file in the format of the Public Suffix List}
   *
   * @param file read on this thread, up to the end of the ICANN section or of the file
   * @throws IOException if it cannot be read, or has no suffix
   */
  public static PublicSuffixes of(Path file) throws IOException {
    PublicSuffixes suffixes = read(TextLines.of(file));
    if (suffixes.rules.isEmpty()) {
      throw new IOException(file + ": no list of public suffixes");
    }
    return suffixes;
  }

  private static PublicSuffixes read(Iterable<String> lines) {
    PublicSuffixes suffixes = new PublicSuffixes();
    for (String line : lines) {
      if (line.contains(END)) {
        break;
      }
      String rule = line.strip().split("\\s", 2)[0];
      if (!rule.isEmpty() && !rule.startsWith("//")) {
        suffixes.add(rule);
      }
    }
    return suffixes;
  }

  private void add(String rule) {
    if (rule.startsWith("*.")) {
      ascii(rule.substring(2)).ifPresent(name -> wildcards.put(name, Rule.WILDCARD));
    } else if (rule.startsWith("!")) {
      ascii(rule.substring(1)).ifPresent(name -> rules.put(name, Rule.EXCEPTION));
    } else {
      ascii(rule).ifPresent(name -> rules.put(name, Rule.SUFFIX));
    }
  }

  /** Skips what is no name here, such as a rule with a character that IDNA 2003 does not have. */
  private static Optional<String> ascii(String name) {
    try {
      return Optional.of(DomainName.of(name).value());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * {@return the public suffix of a name, which may be the name itself}
   *
   * @param name any name
   */
  public DomainName suffix(DomainName name) {
    String value = name.value();
    int start = 0;
    while (start >= 0) {
      String rest = value.substring(start);
      int dot = rest.indexOf('.');
      if (rules.get(rest) == Rule.EXCEPTION) {
        return DomainName.of(rest.substring(dot + 1));
      }
      boolean isWild = dot >= 0 && wildcards.containsKey(rest.substring(dot + 1));
      if (isWild || rules.get(rest) == Rule.SUFFIX || dot < 0) {
        return DomainName.of(rest);
      }
      start = value.indexOf('.', start) + 1;
    }
    return name.topLevel();
  }

  /**
   * {@return the name that is registered: the public suffix and one label before it; empty for a
   * public suffix}
   *
   * @param name any name
   */
  public Optional<DomainName> registrable(DomainName name) {
    String value = name.value();
    int suffix = value.length() - suffix(name).value().length();
    if (suffix == 0) {
      return Optional.empty();
    }
    int dot = value.lastIndexOf('.', suffix - 2);
    return Optional.of(DomainName.of(value.substring(dot + 1)));
  }
}
