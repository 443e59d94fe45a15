package dev.sluice.zonefile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes a {@link FuseFilter}. Each hash has three slots. A hash that is alone in one of its slots
 * is set aside, again and again, until none is left; in the reverse order, each takes the slot in
 * which it was alone, so that the fingerprints of its three slots add up to its own.
 */
final class FuseConstruction {
  private static final int ATTEMPTS = 100;
  private static final int LARGEST_SEGMENT = 1 << 18;
  private static final int SMALLEST_SEGMENT = 4;

  private final int segment;
  private final int span;
  private final int slots;

  /** For each slot: the exclusive or of its keys, and of their three positions in two bits. */
  private final long[] keys;

  private final int[] counts;
  private final byte[] positions;

  private FuseConstruction(int hashes) {
    double size = Math.max(hashes, 2);
    int exponent = (int) Math.floor(Math.log(size) / Math.log(3.33) + 2.25);
    segment = Math.max(SMALLEST_SEGMENT, Math.min(1 << exponent, LARGEST_SEGMENT));
    double factor = Math.max(1.125, 0.875 + 0.25 * Math.log(1_000_000) / Math.log(size));
    int segments = Math.max(1, (int) Math.ceil(size * factor / segment) - 2);
    span = segments * segment;
    slots = span + 2 * segment;
    keys = new long[slots];
    counts = new int[slots];
    positions = new byte[slots];
  }

  /**
   * The filter of these hashes.
   *
   * @param hashes any hashes; sorted and without repetitions only if that is needed
   * @param count how many of them, from the first on
   */
  static Result of(long[] hashes, int count) {
    int distinct = count;
    FuseConstruction construction = new FuseConstruction(count);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long seed = NameHash.mixed(attempt + 1);
      byte[] fingerprints = construction.attempt(hashes, distinct, seed);
      if (fingerprints.length > 0) {
        return new Result(
            new FuseFilter(
                seed, construction.segment, construction.span, ByteBuffer.wrap(fingerprints)),
            distinct);
      }
      // A repeated hash is never alone in a slot.
      distinct = distinct(hashes, distinct);
    }
    throw new IllegalStateException(distinct + " hashes have no filter");
  }

  private static int distinct(long[] hashes, int count) {
    Arrays.sort(hashes, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || hashes[i] != hashes[kept - 1]) {
        hashes[kept++] = hashes[i];
      }
    }
    return kept;
  }

  /** The fingerprints; empty if some hashes are alone in no slot. */
  private byte[] attempt(long[] hashes, int count, long seed) {
    Arrays.fill(keys, 0);
    Arrays.fill(counts, 0);
    Arrays.fill(positions, (byte) 0);
    for (int i = 0; i < count; i++) {
      long key = NameHash.mixed(hashes[i] + seed);
      for (int position = 0; position < 3; position++) {
        change(slot(key, position), key, position, 1);
      }
    }
    long[] order = new long[count];
    byte[] alone = new byte[count];
    return peel(order, alone) == count ? assign(order, alone) : new byte[0];
  }

  private void change(int slot, long key, int position, int by) {
    keys[slot] ^= key;
    positions[slot] ^= (byte) position;
    counts[slot] += by;
  }

  private int slot(long key, int position) {
    int first = FuseFilter.first(key, span);
    return switch (position) {
      case 0 -> first;
      case 1 -> FuseFilter.second(key, first, segment);
      default -> FuseFilter.third(key, first, segment);
    };
  }

  private int peel(long[] order, byte[] alone) {
    int[] queue = new int[slots];
    int queued = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (counts[slot] == 1) {
        queue[queued++] = slot;
      }
    }
    int peeled = 0;
    while (queued > 0) {
      int slot = queue[--queued];
      if (counts[slot] != 1) {
        continue;
      }
      long key = keys[slot];
      byte at = positions[slot];
      order[peeled] = key;
      alone[peeled++] = at;
      for (int position = 0; position < 3; position++) {
        int other = slot(key, position);
        change(other, key, position, -1);
        if (counts[other] == 1) {
          queue[queued++] = other;
        }
      }
    }
    return peeled;
  }

  private byte[] assign(long[] order, byte[] alone) {
    byte[] fingerprints = new byte[slots];
    for (int i = order.length - 1; i >= 0; i--) {
      long key = order[i];
      byte value = FuseFilter.fingerprint(key);
      for (int position = 0; position < 3; position++) {
        if (position != alone[i]) {
          value ^= fingerprints[slot(key, position)];
        }
      }
      fingerprints[slot(key, alone[i])] = value;
    }
    return fingerprints;
  }

  /**
   * A filter.
   *
   * @param filter the filter
   * @param hashes how many different hashes it has
   */
  record Result(FuseFilter filter, int hashes) {}
}
