package dev.sluice.samples.domains;

import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Urls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the URL or the file of the list of registries. */
public final class BootstrapOption extends ParsedOption<URI> {
  private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");

  public BootstrapOption() {
    super(text -> URL.matcher(text).matches() ? url(text) : file(text));
  }

  private static URI url(String text) {
    return Urls.parseBase(text).orElseThrow(() -> refusal(text));
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
