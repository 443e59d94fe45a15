package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.Window;
import dev.sluice.http.HttpClient;
import dev.sluice.rdap.RdapQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each registry is asked: once a second, unless the table says otherwise.
 *
 * <pre>{@code
 * RegistryRates rates = RegistryRates.STANDARD.with("verisign", Rate.perSecond(10));
 * Rdap rdap = Rdap.at(Rdap.IANA, RdapOptions.of(rates.policy()));
 * EvidenceSource registries = EvidenceSources.registries(rdap, rates);
 * }</pre>
 *
 * <p>The server of a registry is a lane, whatever the number of its top-level domains. An entry of
 * the table names a server ({@code rdap.verisign.com}), a label in the name of a server ({@code
 * verisign}) or a top-level domain ({@code .com}); the first of these that fits counts, in this
 * order. A top-level domain with an entry is a lane of its own. Entries may be in any case and any
 * script; an {@code IllegalArgumentException} for one that is none of these.
 *
 * @param usual the rate of the registries that have no entry
 * @param table rates by server, label or top-level domain
 */
public record RegistryRates(Rate usual, Map<String, Rate> table) {
  /** Once a second. */
  public static final RegistryRates STANDARD = new RegistryRates(Rate.perSecond(1), Map.of());

  private static final int LIMIT = 64;
  private static final int LIMIT_EACH = 4;
  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST_PARKING = Duration.ofMinutes(5);

  /** Names that may wait for their registries. */
  private static final int WAITING = 100_000;

  /**
   * Copies the table.
   *
   * @param usual the rate of the registries that have no entry
   * @param table rates by server, label or top-level domain
   */
  public RegistryRates {
    requireNonNull(usual, "usual");
    Map<String, Rate> copy = new LinkedHashMap<>();
    table.forEach((entry, rate) -> copy.put(RateEntry.canonical(entry), rate));
    table = Map.copyOf(copy);
  }

  /**
   * {@return a copy with this entry}
   *
   * @param entry a server, a label in the name of a server, or a top-level domain with its dot
   * @param rate how often
   */
  public RegistryRates with(String entry, Rate rate) {
    Map<String, Rate> more = new LinkedHashMap<>(table);
    more.put(requireNonNull(entry, "entry"), requireNonNull(rate, "rate"));
    return new RegistryRates(usual, more);
  }

  /**
   * {@return a copy with this rate for the registries that have no entry}
   *
   * @param usual how often
   */
  public RegistryRates withUsual(Rate usual) {
    return new RegistryRates(usual, table);
  }

  /**
   * {@return the table of a file: an entry and a rate a line, such as {@code verisign 10/s}}
   *
   * <p>The entry {@code *} is the rate of all others. Empty lines and those that begin with # do
   * not count.
   *
   * @param file text in UTF-8, read on this thread
   * @throws IOException if it cannot be read, or a line is wrong; the message says which
   */
  public static RegistryRates of(Path file) throws IOException {
    return of(file.toString(), TextLines.of(file));
  }

  private static RegistryRates of(String file, List<String> lines) throws IOException {
    RegistryRates rates = STANDARD;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        rates = rates.withLine(line, file + ", line " + (i + 1));
      }
    }
    return rates;
  }

  private RegistryRates withLine(String line, String where) throws IOException {
    String[] words = line.split("\\s+", -1);
    try {
      if (words.length == 2) {
        Rate rate = Rate.parse(words[1]);
        return words[0].equals("*") ? withUsual(rate) : with(words[0], rate);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
    throw new IOException(where + ": \"" + line + "\", must be like verisign 10/s");
  }

  /**
   * {@return the policy for {@code RdapOptions}: 64 requests at once, in these {@link #lanes}, and
   * 3 attempts}
   */
  public Policy policy() {
    return policy(Limiter.of(LIMIT, lanes()));
  }

  /**
   * {@return the same policy with a limiter of your own}
   *
   * @param limiter with {@link #lanes}
   */
  public Policy policy(Limiter limiter) {
    return Policy.of(limiter).withWindow(Window.of(WAITING)).withRetry(Retry.upTo(ATTEMPTS));
  }

  /**
   * {@return a lane for each registry: 4 requests at once, at these rates; one that answers 429 or
   * 503 is left alone for as long as it asks, 5 minutes at most}
   */
  public Lanes lanes() {
    return Lanes.limit(LIMIT_EACH)
        .withRate(usual)
        .withRates(lane -> rateOf(lane.toString()))
        .withParking(LONGEST_PARKING);
  }

  /**
   * {@return the lane of a question: host and port of the server, and the top-level domain if that
   * has a rate of its own}
   *
   * @param question knows the server of the registry
   */
  public String lane(RdapQuestion question) {
    // The name that HttpClient gives the lane of a server, to which RateLimit fields are told.
    String name = HttpClient.lane(question.server());
    String topLevel = "." + question.name().topLevel();
    boolean byTopLevel = rateOf(name) == null && table.containsKey(topLevel);
    return byTopLevel ? name + " " + topLevel : name;
  }

  private @Nullable Rate rateOf(String lane) {
    int blank = lane.indexOf(' ');
    if (blank >= 0 || table.containsKey(lane)) {
      return table.get(lane.substring(blank + 1));
    }
    String host = lane.replaceFirst(":[0-9]+$", "");
    Rate rate = table.get(host);
    for (String label : host.split("\\.", -1)) {
      rate = rate == null ? table.get(label) : rate;
    }
    return rate;
  }
}
