package dev.sluice.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A GIF89a image of one black pixel, with a comment that makes it as large as a flag. */
final class FlagSizedGif {
  static final int BYTES = 10_240;

  private static final byte[] HEADER = "GIF89a".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SCREEN = {1, 0, 1, 0, (byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1};
  private static final byte[] COMMENT = {0x21, (byte) 0xFE};
  private static final byte[] PIXEL = {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0};
  private static final byte TRAILER = 0x3B;
  private static final int LARGEST_BLOCK = 255;

  private FlagSizedGif() {}

  /** Each number has an image of its own, the same each time. */
  static byte[] numbered(int number) {
    ByteBuffer gif = ByteBuffer.allocate(BYTES).put(HEADER).put(SCREEN).put(COMMENT);
    Random noise = new Random(number);
    int left = BYTES - gif.position() - PIXEL.length - 2;
    while (left > 0) {
      byte[] block = new byte[Math.min(LARGEST_BLOCK, left - 1)];
      noise.nextBytes(block);
      gif.put((byte) block.length).put(block);
      left -= block.length + 1;
      // An empty block would end the comment.
      if (left == 1) {
        throw new IllegalStateException(BYTES + " bytes leave a block without content");
      }
    }
    return gif.put((byte) 0).put(PIXEL).put(TRAILER).array();
  }
}
