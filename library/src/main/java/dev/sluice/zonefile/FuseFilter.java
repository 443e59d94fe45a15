package dev.sluice.zonefile;

import java.nio.ByteBuffer;

/**
 * A binary fuse filter with fingerprints of 8 bits (Graf and Lemire, <i>Binary Fuse Filters: Fast
 * and Smaller Than Xor Filters</i>, 2022). It contains each of its hashes, and one in 256 others.
 *
 * @param seed of the hashes
 * @param segment the slots of a segment, a power of two
 * @param span the slots in which the first of the three slots of a hash may be
 * @param fingerprints a byte for each slot
 */
record FuseFilter(long seed, int segment, int span, ByteBuffer fingerprints) {

  boolean contains(long hash) {
    long key = NameHash.mixed(hash + seed);
    int first = first(key, span);
    byte found =
        (byte)
            (fingerprints.get(first)
                ^ fingerprints.get(second(key, first, segment))
                ^ fingerprints.get(third(key, first, segment)));
    return found == fingerprint(key);
  }

  /** The high half of the product: {@code key * span / 2^64}, both without sign. */
  static int first(long key, int span) {
    return (int) (Math.multiplyHigh(key, span) + ((key >> (Long.SIZE - 1)) & span));
  }

  static int second(long key, int first, int segment) {
    return (first + segment) ^ ((int) (key >>> 18) & (segment - 1));
  }

  static int third(long key, int first, int segment) {
    return (first + 2 * segment) ^ ((int) key & (segment - 1));
  }

  static byte fingerprint(long key) {
    return (byte) (key ^ (key >>> 32));
  }
}
