package dev.sluice.dns;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Bits that nobody can guess, drawn many at a time: one draw costs as much as a thousand bits. */
final class RandomBits {
  private static final int BATCH_BYTES = 8_192;

  private final SecureRandom random = new SecureRandom();
  private final byte[] bytes = new byte[BATCH_BYTES];
  private final ByteBuffer batch = ByteBuffer.wrap(bytes).limit(0);

  long next() {
    if (!batch.hasRemaining()) {
      random.nextBytes(bytes);
      batch.clear();
    }
    return batch.getLong();
  }
}
