package dev.sluice.samples.servers.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.samples.servers.flags.FlagFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags that the build has left on the class path. */
class DrawnFlagsTest {
  @Test
  void areThereForEveryCode() throws IOException {
    assertEquals(257, FlagFiles.codes().size());
    for (String code : FlagFiles.codes()) {
      BufferedImage flag = flag(code);
      assertEquals("320x240", flag.getWidth() + "x" + flag.getHeight(), code);
    }
  }

  @Test
  void areSmall() throws IOException {
    for (String code : FlagFiles.codes()) {
      int bytes = bytes(code + "/" + code + ".gif").length;
      assertTrue(bytes > 500 && bytes < 16_000, code + " has " + bytes);
    }
  }

  /** A colour that is off by two in a channel is one that nobody sees. */
  @ParameterizedTest
  @CsvSource({
    "cn, 5, 5, EE1C25",
    "cn, 60, 60, FFFF00",
    "jp, 5, 5, FFFFFF",
    "jp, 160, 120, BC002D",
    "fr, 20, 120, 000091",
    "fr, 300, 120, E1000F",
    "br, 5, 5, 229E45",
    "br, 50, 120, F8E509",
    "us, 5, 5, 192F5D",
    "id, 5, 200, FFFFFF"
  })
  void haveTheirColours(String code, int x, int y, String rgb) throws IOException {
    int expected = Integer.parseInt(rgb, 16);
    int actual = flag(code).getRGB(x, y);
    for (int shift = 0; shift < 24; shift += 8) {
      assertEquals((expected >> shift) & 0xff, (actual >> shift) & 0xff, 2, () -> hex(actual));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "br, Brazil",
    "ci, Côte d'Ivoire",
    "cw, Curaçao",
    "eu, European Union",
    "un, United Nations",
    "xk, Kosovo",
    "tr, Türkiye",
    "cd, Democratic Republic of the Congo"
  })
  void knowTheirCountries(String code, String country) throws IOException {
    JsonNode metadata = new ObjectMapper().readTree(bytes(code + "/metadata.json"));
    assertEquals(country, metadata.path("country").asText());
    assertEquals(code, metadata.path("gif_cc").asText().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "es", "mx", "sa"})
  void areTheSameWhenDrawnAgain(String code) throws IOException {
    URL svg = new FlagIcons(iconsVersion()).svg(code);
    // Not compared with the class path: another JDK, which may have drawn that, rounds its own way.
    assertArrayEquals(
        GifEncoder.encode(FlagPainter.paint(svg)), GifEncoder.encode(FlagPainter.paint(svg)));
  }

  /** As the index says, such as "flag-icons 7.5.0, jsvg 2.1.0". */
  private static String iconsVersion() throws IOException {
    Properties index = new Properties();
    try (InputStream in = open("index.properties")) {
      index.load(in);
    }
    return index.getProperty("source", "").split("[ ,]+", 3)[1];
  }

  private static BufferedImage flag(String code) throws IOException {
    try (InputStream in = open(code + "/" + code + ".gif")) {
      return ImageIO.read(in);
    }
  }

  private static byte[] bytes(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(DrawnFlagsTest.class.getResourceAsStream("/flags/" + path), path);
  }

  private static String hex(int rgb) {
    return Integer.toHexString(rgb);
  }
}
