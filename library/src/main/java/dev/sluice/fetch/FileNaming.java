package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import dev.sluice.disk.FileName;
import java.net.URI;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the files of {@link Downloads} get their names. A name is always {@linkplain FileName#safe
 * safe}: what a URL or a server says can never lead out of the folder.
 */
public final class FileNaming {
  private static final String INDEX = "index";
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final FileNaming FROM_URL = new FileNaming("fromUrl", false, (url, name) -> name);
  private static final FileNaming FROM_RESPONSE =
      new FileNaming("fromContentDisposition", true, (url, name) -> name);

  private final String description;
  private final boolean needsResponse;
  private final BiFunction<URI, String, String> names;

  private FileNaming(
      String description, boolean needsResponse, BiFunction<URI, String, String> names) {
    this.description = description;
    this.needsResponse = needsResponse;
    this.names = names;
  }

  /**
   * {@return the last segment of the URL's path, percent-decoded; {@code index} if that is empty.
   * The query is left out}
   */
  public static FileNaming fromUrl() {
    return FROM_URL;
  }

  /**
   * {@return a name made of this text and of parts of the URL}
   *
   * @param template has {@code {name}}: the name {@linkplain #fromUrl() from the URL}, {@code
   *     {stem}} and {@code {extension}}: that name before its last dot, and from it on, {@code
   *     {host}}, {@code {port}}: empty if the URL has none, {@code {path}}: the path with {@code _}
   *     for each slash, {@code {query}}
   * @throws IllegalArgumentException if it has another variable
   */
  public static FileNaming template(String template) {
    Matcher variables = VARIABLE.matcher(requireNonNull(template, "template"));
    Map<String, String> known = parts(URI.create("http://example.org/"), INDEX);
    while (variables.find()) {
      if (!known.containsKey(variables.group(1))) {
        throw new IllegalArgumentException(
            "template: "
                + TerminalText.quoted(template)
                + " has "
                + TerminalText.line(variables.group())
                + "; known are "
                + known.keySet().stream().sorted().toList());
      }
    }
    return new FileNaming(
        "template " + template, false, (url, name) -> filled(template, url, name));
  }

  /**
   * {@return the name that the server gives in {@code Content-Disposition} (RFC 6266; {@code
   * filename*} wins), else that {@linkplain #fromUrl() from the URL}}
   *
   * <p>Only the last segment of a path counts. Another name of the same response in a later run
   * gives another file. A name from the header is never that of a file that is there, unless a
   * download of the same URL has made it: the download then fails with a {@link
   * java.io.IOException}, or {@linkplain Downloads#withNumbering has a number}.
   */
  public static FileNaming fromContentDisposition() {
    return FROM_RESPONSE;
  }

  /** Whether the name is not known before the response. */
  boolean needsResponse() {
    return needsResponse;
  }

  FileName name(URI url) {
    return FileName.safe(names.apply(url, lastSegment(url)));
  }

  /** The name of a response with this {@code Content-Disposition}. */
  FileName name(URI url, @Nullable String disposition) {
    String given = disposition == null ? "" : ContentDisposition.fileName(disposition);
    return given.isEmpty() ? name(url) : FileName.safe(given);
  }

  private static String filled(String template, URI url, String name) {
    Map<String, String> parts = parts(url, name);
    return VARIABLE
        .matcher(template)
        .replaceAll(it -> Matcher.quoteReplacement(parts.getOrDefault(it.group(1), "")));
  }

  private static Map<String, String> parts(URI url, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String path = PercentCoding.decoded(String.valueOf(url.getRawPath()));
    return Map.of(
        "name",
        name,
        "stem",
        stem,
        "extension",
        name.substring(stem.length()),
        "host",
        String.valueOf(url.getHost()),
        "port",
        url.getPort() < 0 ? "" : String.valueOf(url.getPort()),
        "path",
        path.replaceFirst("^/", "").replace('/', '_'),
        "query",
        url.getRawQuery() == null ? "" : PercentCoding.decoded(url.getRawQuery()));
  }

  private static String lastSegment(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String segment = PercentCoding.decoded(path.substring(path.lastIndexOf('/') + 1));
    return segment.isBlank() ? INDEX : segment;
  }

  @Override
  public String toString() {
    return description;
  }
}
