package dev.sluice.samples.servers.flags;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** The flags that the build has drawn. Each file is read at its first request. */
public final class FlagFiles {
  private static final String FOLDER = "/flags/";

  private final Set<String> codes;
  private final Instant modified;
  private final Map<String, FlagFile> read = new HashMap<>();

  private FlagFiles(Properties index) {
    codes = new LinkedHashSet<>(List.of(index.getProperty("codes", "").split(" ")));
    modified = Instant.ofEpochSecond(Long.parseLong(index.getProperty("modified", "0")));
  }

  static FlagFiles onClassPath() {
    Properties index = new Properties();
    try (InputStream in = open("index.properties")) {
      index.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FlagFiles(index);
  }

  /** The two-letter codes of all flags, in lower case and alphabetical order. */
  public static List<String> codes() {
    return List.copyOf(onClassPath().codes);
  }

  int count() {
    return codes.size();
  }

  /** The file at a path such as {@code br/br.gif} or {@code br/metadata.json}. */
  Optional<FlagFile> find(String path) {
    FlagFile known = read.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    // Only known names are looked up, so no path can reach other files on the class path.
    String code = path.substring(0, Math.min(2, path.length()));
    if (!codes.contains(code)) {
      return Optional.empty();
    }
    return switch (path.substring(2)) {
      case "/metadata.json" -> Optional.of(read(path, "application/json"));
      default ->
          path.equals(code + "/" + code + ".gif")
              ? Optional.of(read(path, "image/gif"))
              : Optional.empty();
    };
  }

  private FlagFile read(String path, String type) {
    try (InputStream in = open(path)) {
      FlagFile file = FlagFile.of(in.readAllBytes(), type, modified);
      read.put(path, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = FlagFiles.class.getResourceAsStream(FOLDER + path);
    if (in == null) {
      throw new IllegalStateException(
          "no %s on the class path: 'mvn compile' draws the flags".formatted(FOLDER + path));
    }
    return in;
  }
}
