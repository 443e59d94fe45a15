package dev.sluice.flags;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.join;
import static dev.sluice.flags.Gifs.IMAGE;
import static dev.sluice.flags.Gifs.TRAILER;
import static dev.sluice.flags.Gifs.comment;
import static dev.sluice.flags.Gifs.header;
import static dev.sluice.flags.Gifs.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GifTest {
  private static final byte[] NETSCAPE_LOOP =
      join(hex("21 ff 0b"), bytes("NETSCAPE2.0"), hex("03 01 0000 00"));
  private static final byte[] IMAGE_WITH_ITS_OWN_COLOURS =
      hex("2c 00000000 0100 0100 81", "000000 ffffff ff0000 00ff00", "02 02 4401 00");

  @Test
  void bothVersionsAreWhole() {
    assertTrue(Gif.isWhole(join(header("GIF87a"), IMAGE, TRAILER)));
    assertTrue(Gif.isWhole(join(header("GIF89a"), IMAGE, TRAILER)));
    assertFalse(Gif.isWhole(join(header("GIF88a"), IMAGE, TRAILER)));
    assertFalse(Gif.isWhole(join(header("gif89a"), IMAGE, TRAILER)));
  }

  @Test
  void imageReadersAgreeThatTheyAreWhole() throws IOException {
    assertEquals(1, ImageIO.read(new ByteArrayInputStream(Gifs.tiny())).getWidth());
    assertEquals(1, ImageIO.read(new ByteArrayInputStream(animated())).getWidth());
  }

  @Test
  void animationWithExtensionsIsWhole() {
    assertTrue(Gif.isWhole(animated()));
  }

  @Test
  void whatImageWritersWriteIsWhole() throws IOException {
    assertTrue(Gif.isWhole(painted()));
  }

  @Test
  void bytesAfterTheTrailerDoNoHarm() {
    assertTrue(Gif.isWhole(join(Gifs.tiny(), new byte[10])));
    assertTrue(Gif.isWhole(join(Gifs.tiny(), bytes("<html>"))));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (byte[] whole : new byte[][] {Gifs.tiny(), animated(), painted(), Gifs.ofAtLeast(1_000)}) {
      for (int length = 0; length < whole.length; length++) {
        assertFalse(Gif.isWhole(Arrays.copyOf(whole, length)), length + " of " + whole.length);
      }
    }
  }

  @Test
  void noMutationThrows() throws IOException {
    byte[] painted = painted();
    Random random = new Random(42);
    for (int round = 0; round < 100_000; round++) {
      byte[] mutant = Arrays.copyOf(painted, random.nextInt(painted.length));
      for (int change = 0; change < 4 && mutant.length > 0; change++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      Gif.isWhole(mutant);
    }
  }

  @Test
  void anUnknownBlockIsRefused() {
    assertFalse(Gif.isWhole(join(header("GIF89a"), hex("00"), TRAILER)));
    assertFalse(Gif.isWhole(join(header("GIF89a"), bytes("<html></html>;"))));
  }

  private static byte[] animated() {
    return join(
        header("GIF89a"),
        NETSCAPE_LOOP,
        comment(10),
        hex("21 f9 04 00000000 00"),
        IMAGE,
        hex("21 f9 04 00000000 00"),
        IMAGE_WITH_ITS_OWN_COLOURS,
        TRAILER);
  }

  private static byte[] painted() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_INDEXED);
    Random random = new Random(1);
    for (int x = 0; x < 40; x++) {
      image.setRGB(x, random.nextInt(30), random.nextInt());
    }
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(image, "gif", gif);
    return gif.toByteArray();
  }
}
