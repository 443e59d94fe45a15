package dev.sluice.samples.servers.drawing;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.net.URL;

/** Renders an SVG to 320 by 240 opaque pixels. */
final class FlagPainter {
  static final int WIDTH = 320;
  static final int HEIGHT = 240;

  /**
   * Flags are rendered larger and then averaged, because antialiasing alone shows the background as
   * a hairline where two shapes share an edge.
   */
  private static final int OVERSAMPLING = 2;

  private FlagPainter() {}

  static int[] paint(URL svg) throws IOException {
    SVGDocument document = new SVGLoader().load(svg);
    if (document == null) {
      throw new IOException("this SVG cannot be rendered: " + svg);
    }
    return shrink(large(document));
  }

  private static int[] large(SVGDocument document) {
    int width = WIDTH * OVERSAMPLING;
    int height = HEIGHT * OVERSAMPLING;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    document.render(null, graphics, new ViewBox(width, height));
    graphics.dispose();
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  private static int[] shrink(int[] large) {
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[y * WIDTH + x] = average(large, x * OVERSAMPLING, y * OVERSAMPLING);
      }
    }
    return pixels;
  }

  private static int average(int[] large, int left, int top) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = top; y < top + OVERSAMPLING; y++) {
      for (int x = left; x < left + OVERSAMPLING; x++) {
        int rgb = large[y * WIDTH * OVERSAMPLING + x];
        red += (rgb >> 16) & 0xff;
        green += (rgb >> 8) & 0xff;
        blue += rgb & 0xff;
      }
    }
    return (mean(red) << 16) | (mean(green) << 8) | mean(blue);
  }

  private static int mean(int sum) {
    int samples = OVERSAMPLING * OVERSAMPLING;
    return (sum + samples / 2) / samples;
  }
}
