package dev.sluice.samples.domains;

import dev.sluice.samples.ParsedOption;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the URL or the file of the list of registries. */
final class BootstrapOption extends ParsedOption<URI> {
  private static final int MAX_PORT = 65_535;
  private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");

  BootstrapOption() {
    super(text -> URL.matcher(text).matches() ? url(text) : file(text));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (isHttp(url) && url.getRawUserInfo() == null && hasPathOnly(url)) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private static boolean isHttp(URI url) {
    String scheme = url.getScheme();
    return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
        && url.getHost() != null
        && url.getPort() <= MAX_PORT;
  }

  private static boolean hasPathOnly(URI url) {
    return url.getRawQuery() == null && url.getRawFragment() == null;
  }

  private static URI file(String text) {
    try {
      Path file = Path.of(text);
      if (Files.isReadable(file) && !Files.isDirectory(file)) {
        return file.toUri();
      }
    } catch (InvalidPathException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a list of registries: allowed are a file that can be read and a URL"
            + " such as https://data.iana.org/rdap/dns.json");
  }
}
