package dev.sluice.zonefile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of 64 bits for the octets of a name. Filters on disk depend on it. */
final class NameHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long START = 0x9e3779b97f4a7c15L;
  private static final long FACTOR = 0xd6e8feb86659fd93L;
  private static final int WORD = Long.BYTES;

  private NameHash() {}

  static long of(String name) {
    byte[] octets = name.getBytes(ISO_8859_1);
    return of(octets, octets.length);
  }

  static long of(byte[] octets, int length) {
    long hash = START ^ length;
    int at = 0;
    for (; at + WORD <= length; at += WORD) {
      hash = folded(hash ^ (long) LONGS.get(octets, at));
    }
    long rest = 0;
    for (int i = length - 1; i >= at; i--) {
      rest = rest << Byte.SIZE | (octets[i] & 0xff);
    }
    return mixed(folded(hash ^ rest));
  }

  /** Both halves of the product of 128 bits, so that each bit of the word moves all bits. */
  private static long folded(long word) {
    return Math.multiplyHigh(word, FACTOR) ^ (word * FACTOR);
  }

  /** The finalizer of MurmurHash3: a change of one bit changes each bit in half of the cases. */
  static long mixed(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
