package dev.sluice.samples.servers.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The flag-icons web jar on the class path: one SVG per country, and the countries' names. */
final class FlagIcons {
  /** Corrected names: flag-icons gives the flag of the European Union the continent's name. */
  private static final Map<String, String> BETTER_NAMES = Map.of("eu", "European Union");

  private final String root;

  FlagIcons(String version) {
    root = "/META-INF/resources/webjars/flag-icons/" + version + "/";
  }

  /**
   * Country names by two-letter code, in the order of the codes; regions such as gb-eng are
   * skipped.
   */
  Map<String, String> countries() throws IOException {
    try (InputStream json = find("country.json").openStream()) {
      return twoLettered(new ObjectMapper().readTree(json));
    }
  }

  URL svg(String code) throws IOException {
    return find("flags/4x3/" + code + ".svg");
  }

  /** The date of this release; all files of the web jar have the same date. */
  Instant modified() throws IOException {
    JarURLConnection inJar = (JarURLConnection) find("country.json").openConnection();
    // Times in a jar have no zone. UTC makes builds reproducible in every time zone.
    return inJar.getJarEntry().getTimeLocal().toInstant(ZoneOffset.UTC);
  }

  private URL find(String path) throws IOException {
    URL found = FlagIcons.class.getResource(root + path);
    if (found == null) {
      throw new FileNotFoundException("not on the class path: " + root + path);
    }
    return found;
  }

  private static Map<String, String> twoLettered(JsonNode countries) {
    Map<String, String> names = new TreeMap<>();
    for (JsonNode country : countries) {
      String code = country.path("code").asText();
      if (code.matches("[a-z]{2}")) {
        names.put(code, nameOf(code, country.path("name").asText()));
      }
    }
    return names;
  }

  private static String nameOf(String code, String name) {
    if (name.isBlank()) {
      return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }
    return BETTER_NAMES.getOrDefault(code, name);
  }
}
