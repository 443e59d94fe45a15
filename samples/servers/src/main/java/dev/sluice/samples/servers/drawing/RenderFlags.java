package dev.sluice.samples.servers.drawing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the flags of flag-icons into the folder that the flag server reads.
 *
 * <pre>{@code
 * RenderFlags target/classes/flags 7.5.0 2.1.0   # flag-icons 7.5.0 drawn by jsvg 2.1.0
 * flags/index.properties    source versions, date of the release, codes
 * flags/br/br.gif           320 x 240
 * flags/br/metadata.json    {"country": "Brazil", "gif_cc": "BR"}
 * }</pre>
 */
public final class RenderFlags {
  /** Increase this when the drawing changes, so that existing folders are drawn again. */
  private static final int STYLE = 1;

  private final Path folder;
  private final FlagIcons icons;
  private final String source;

  private RenderFlags(Path folder, String iconsVersion, String rendererVersion) {
    this.folder = folder;
    icons = new FlagIcons(iconsVersion);
    source = "flag-icons " + iconsVersion + ", jsvg " + rendererVersion + ", style " + STYLE;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException(
          "expected FOLDER FLAG_ICONS_VERSION JSVG_VERSION, got " + String.join(" ", args));
    }
    System.setProperty("java.awt.headless", "true");
    new RenderFlags(Path.of(args[0]), args[1], args[2]).drawWhatIsMissing();
  }

  private void drawWhatIsMissing() throws IOException {
    Path index = folder.resolve("index.properties");
    if (Files.exists(index) && Files.readAllLines(index).contains("source=" + source)) {
      return;
    }
    Map<String, String> countries = icons.countries();
    countries.entrySet().parallelStream().forEach(this::draw);
    // The index is written last, so it exists only when all flags are complete.
    Files.writeString(index, index(countries));
  }

  private void draw(Map.Entry<String, String> country) {
    String code = country.getKey();
    try {
      Path home = Files.createDirectories(folder.resolve(code));
      Files.write(
          home.resolve(code + ".gif"), GifEncoder.encode(FlagPainter.paint(icons.svg(code))));
      Files.writeString(home.resolve("metadata.json"), metadata(code, country.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException("the flag of " + code + " could not be drawn", e);
    }
  }

  private static String metadata(String code, String country) {
    return "{\"country\": %s, \"gif_cc\": %s}\n"
        .formatted(quoted(country), quoted(code.toUpperCase(Locale.ROOT)));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private String index(Map<String, String> countries) throws IOException {
    return """
        source=%s
        modified=%s
        codes=%s
        """
        .formatted(source, icons.modified().getEpochSecond(), String.join(" ", countries.keySet()));
  }
}
