package dev.sluice.flags;

import static dev.sluice.Answers.join;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** GIF files assembled block by block. */
final class Gifs {
  static final byte[] IMAGE = hex("2c 00000000 0100 0100 00", "02 02 4401 00");
  static final byte[] TRAILER = hex("3b");

  private Gifs() {}

  /** A GIF with one pixel and two colours. */
  static byte[] tiny() {
    return join(header("GIF89a"), hex("21 f9 04 00000000 00"), IMAGE, TRAILER);
  }

  /** A one-pixel GIF with a comment that makes it at least this long. */
  static byte[] ofAtLeast(int bytes) {
    return join(header("GIF89a"), comment(bytes), IMAGE, TRAILER);
  }

  static byte[] header(String version) {
    byte[] screen = hex("0100 0100 80 00 00", "000000 ffffff");
    return join(version.getBytes(StandardCharsets.US_ASCII), screen);
  }

  static byte[] comment(int bytes) {
    byte[] blocks = new byte[(bytes / 256 + 1) * 256];
    Arrays.fill(blocks, (byte) ' ');
    for (int at = 0; at < blocks.length; at += 256) {
      blocks[at] = (byte) 255;
    }
    return join(hex("21 fe"), blocks, hex("00"));
  }

  static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replace(" ", ""));
  }
}
