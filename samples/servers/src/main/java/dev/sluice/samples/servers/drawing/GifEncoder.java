package dev.sluice.samples.servers.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pixels as a GIF file. */
final class GifEncoder {
  /** Half of what GIF allows; more colours add a quarter to the size and no visible detail. */
  private static final int COLOURS = 128;

  private GifEncoder() {}

  static byte[] encode(int[] pixels) throws IOException {
    return write(index(pixels, Palette.of(pixels, COLOURS)));
  }

  private static BufferedImage index(int[] pixels, Palette palette) {
    int[] colours = palette.colours();
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(colours.length - 1));
    IndexColorModel model = new IndexColorModel(bits, colours.length, colours, 0, false, -1, 0);
    BufferedImage image =
        new BufferedImage(
            FlagPainter.WIDTH, FlagPainter.HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] indices = palette.indicesOf(pixels);
    image.getRaster().setDataElements(0, 0, FlagPainter.WIDTH, FlagPainter.HEIGHT, indices);
    return image;
  }

  private static byte[] write(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam plain = writer.getDefaultWriteParam();
      // Interlaced rows, the default, compress worse.
      plain.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), plain);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
