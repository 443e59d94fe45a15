package dev.sluice.domains;

import dev.sluice.TerminalText;
import dev.sluice.dns.DomainName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The entries of {@link RegistryRates}, in the form that the lanes of servers have. */
final class RateEntry {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");
  private static final Pattern ADDRESS_WITHOUT_BRACKETS =
      Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,63}");
  private static final Pattern PARTS = Pattern.compile("(\\[.*]|[^:]*)(:[0-9]{1,5})?");
  private static final int MAX_PORT = 65_535;

  private RateEntry() {}

  /**
   * The entry in ASCII and in lower case.
   *
   * @throws IllegalArgumentException if it can be no server, label or top-level domain
   */
  static String canonical(String text) {
    try {
      if (text.startsWith(".")) {
        return "." + topLevel(text.substring(1));
      }
      if (ADDRESS_WITHOUT_BRACKETS.matcher(text).matches()) {
        return address("[" + text + "]");
      }
      Matcher parts = PARTS.matcher(text);
      if (parts.matches()) {
        String port = parts.group(2) == null ? "" : port(parts.group(2));
        return host(parts.group(1)) + port;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static String topLevel(String text) {
    DomainName name = DomainName.of(text);
    if (!name.equals(name.topLevel())) {
      throw new IllegalArgumentException("a domain of several labels");
    }
    return name.value();
  }

  private static String host(String text) {
    if (ADDRESS.matcher(text).matches()) {
      return address(text);
    }
    return NUMBER.matcher(text).matches() ? text : DomainName.of(text).value();
  }

  /** As the URL of a server has it. */
  private static String address(String text) {
    return HttpUrl.get("http://" + text + "/").host();
  }

  private static String port(String text) {
    int number = Integer.parseInt(text.substring(1));
    if (number < 1 || number > MAX_PORT) {
      throw new IllegalArgumentException("no such port");
    }
    return ":" + number;
  }

  private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "entry: "
            + TerminalText.quoted(text)
            + ", must be a server, a label in the name of a server, or a top-level domain with its"
            + " dot",
        cause);
  }
}
