package dev.sluice.dns.wire;

/**
 * Reads names inside a message, compressed or not (RFC 1035, section 4.1.4). A pointer must point
 * to before the labels that it ends, so that reading a name always comes to an end.
 */
final class MessageNames {
  static final int NONE = -1;

  private static final int MAX_NAME = 255;
  private static final int MAX_LABEL = 63;
  private static final int POINTER = 0xC0;
  private static final int MAX_HOPS = 127;

  private MessageNames() {}

  /** The offset after the name at an offset; {@link #NONE} if it does not end within the limit. */
  static int end(byte[] message, int at, int limit) {
    int i = at;
    while (i < limit) {
      int length = message[i] & 0xFF;
      if (length >= POINTER) {
        return i + 1 < limit && isTarget(target(message, i), at) ? i + 2 : NONE;
      }
      if (length > MAX_LABEL) {
        return NONE;
      }
      i += 1 + length;
      if (length == 0) {
        return i;
      }
    }
    return NONE;
  }

  /** Whether the name can be read to its end, all pointers followed. */
  static boolean isValid(byte[] message, int at, int limit) {
    int piece = at;
    int i = at;
    int octets = 0;
    for (int hops = 0; hops <= MAX_HOPS && i < limit && octets <= MAX_NAME; ) {
      int length = message[i] & 0xFF;
      if (length == 0) {
        return octets + 1 <= MAX_NAME;
      } else if (length <= MAX_LABEL) {
        octets += 1 + length;
        i += 1 + length;
      } else if (length < POINTER || i + 1 >= limit || !isTarget(target(message, i), piece)) {
        return false;
      } else {
        piece = target(message, i);
        i = piece;
        hops++;
      }
    }
    return false;
  }

  /** Whether two valid names are equal; letter case does not count. */
  static boolean areSame(byte[] message, int one, int other) {
    int a = firstLabel(message, one);
    int b = firstLabel(message, other);
    while (a != b) {
      if (!isSameLabel(message, a, b)) {
        return false;
      }
      if (message[a] == 0) {
        return true;
      }
      a = nextLabel(message, a);
      b = nextLabel(message, b);
    }
    return true;
  }

  /** The offset of the first label of a valid name: pointers are followed. */
  static int firstLabel(byte[] message, int at) {
    int i = at;
    while ((message[i] & POINTER) == POINTER) {
      i = target(message, i);
    }
    return i;
  }

  /** The offset of the second label of the name whose first label is at an offset. */
  static int nextLabel(byte[] message, int label) {
    return firstLabel(message, label + 1 + message[label]);
  }

  /** A valid name as text: lower case, no trailing dot, "." for the root, with escapes. */
  static String text(byte[] message, int at) {
    StringBuilder text = new StringBuilder();
    for (int label = firstLabel(message, at);
        message[label] != 0;
        label = nextLabel(message, label)) {
      text.append(text.isEmpty() ? "" : ".");
      for (int i = 1; i <= message[label]; i++) {
        append(text, lower(message[label + i]) & 0xFF);
      }
    }
    return text.isEmpty() ? "." : text.toString();
  }

  private static void append(StringBuilder text, int octet) {
    if (octet <= ' ' || octet > '~') {
      text.append('\\').append((char) ('0' + octet / 100));
      text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
    } else {
      text.append(octet == '.' || octet == '\\' ? "\\" : "").append((char) octet);
    }
  }

  private static boolean isSameLabel(byte[] message, int a, int b) {
    int length = message[a];
    if (message[b] != length) {
      return false;
    }
    for (int i = 1; i <= length; i++) {
      if (lower(message[a + i]) != lower(message[b + i])) {
        return false;
      }
    }
    return true;
  }

  /** Upper-case letters in lower case, all other octets as they are. */
  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /** Whether a pointer may lead there: behind the header, and before the labels that it ends. */
  private static boolean isTarget(int target, int before) {
    return target >= MessageFormat.HEADER_BYTES && target < before;
  }

  private static int target(byte[] message, int at) {
    return ((message[at] & 0x3F) << 8) | (message[at + 1] & 0xFF);
  }
}
