package dev.sluice.samples.servers.flags;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * A file to serve.
 *
 * @param tag a strong entity tag with its quotes, derived from the content
 */
record FlagFile(ByteBuffer content, String type, String tag, Instant modified) {
  static FlagFile of(byte[] content, String type, Instant modified) {
    CRC32 crc = new CRC32();
    crc.update(content);
    String tag = '"' + Long.toHexString(crc.getValue()) + '-' + content.length + '"';
    return new FlagFile(ByteBuffer.wrap(content).asReadOnlyBuffer(), type, tag, modified);
  }

  int length() {
    return content.remaining();
  }
}
