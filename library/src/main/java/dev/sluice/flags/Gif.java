package dev.sluice.flags;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Whether bytes are a whole GIF: the blocks of the format from header to trailer, each as long as
 * it says (GIF89a specification, sections 12 to 27). When a connection ends in the middle of a body
 * without a length, nothing else shows that the image is cut off.
 */
final class Gif {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;

  private final byte[] bytes;
  private int at;

  private Gif(byte[] bytes) {
    this.bytes = bytes;
  }

  static boolean hasHeader(byte[] bytes) {
    if (bytes.length < 6) {
      return false;
    }
    String header = new String(bytes, 0, 6, US_ASCII);
    return header.equals("GIF87a") || header.equals("GIF89a");
  }

  static boolean isWhole(byte[] bytes) {
    return hasHeader(bytes) && bytes.length >= HEADER && new Gif(bytes).reachesTrailer();
  }

  private boolean reachesTrailer() {
    at = HEADER + colourTable(bytes[10]);
    while (at < bytes.length) {
      int block = bytes[at++];
      if (block == TRAILER) {
        return true;
      }
      if (block == EXTENSION) {
        at += 1;
      } else if (block == IMAGE && at + 9 < bytes.length) {
        // Descriptor, local colour table, code size.
        at += 9 + colourTable(bytes[at + 8]) + 1;
      } else {
        return false;
      }
      skipSubBlocks();
    }
    return false;
  }

  private void skipSubBlocks() {
    while (at < bytes.length && bytes[at] != 0) {
      at += 1 + (bytes[at] & 0xff);
    }
    at += 1;
  }

  private static int colourTable(int packed) {
    return (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
  }
}
