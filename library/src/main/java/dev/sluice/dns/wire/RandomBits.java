package dev.sluice.dns.wire;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Cryptographically strong random bits, drawn in batches because one draw is slow. */
public final class RandomBits {
  private static final int BATCH_BYTES = 8_192;

  private final Draw draw = draw();
  private ByteBuffer batch = ByteBuffer.allocate(0);

  @FunctionalInterface
  private interface Draw {
    byte[] bytes(int count);
  }

  public long next() {
    if (!batch.hasRemaining()) {
      batch = ByteBuffer.wrap(draw.bytes(BATCH_BYTES));
    }
    return batch.getLong();
  }

  /** The kernel's generator without the hash that the JDK adds; SecureRandom elsewhere. */
  private static Draw draw() {
    try {
      return SecureRandom.getInstance("NativePRNGNonBlocking")::generateSeed;
    } catch (NoSuchAlgorithmException e) {
      SecureRandom random = new SecureRandom();
      return count -> {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
      };
    }
  }
}
