package dev.sluice.domains;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Text files in UTF-8. A byte order mark at the start is not part of the text. */
final class TextLines {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextLines() {}

  /**
   * The lines of a file; the message of an exception says which file and, for a text, which line.
   */
  static List<String> of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": a folder, must be a file");
    }
    byte[] octets = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer text = CharBuffer.allocate(octets.length);
    CharsetDecoder decoder = UTF_8.newDecoder();
    if (decoder.decode(in, text, true).isError()) {
      throw new IOException(file + ", line " + line(octets, in.position()) + ": not UTF-8");
    }
    text.flip();
    boolean isMarked = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK;
    return text.toString().substring(isMarked ? 1 : 0).lines().toList();
  }

  private static long line(byte[] octets, int position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      line += octets[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
