package dev.sluice.dns.wire;

/**
 * The question section as bytes: name, type, class IN (RFC 1035, section 4.1.2). The letter case is
 * random, and an answer must repeat it: an attacker has to guess one more bit per letter.
 */
public final class Question {
  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;
  private static final int TYPE_AND_CLASS = 4;
  private static final int CASE_BIT = 0x20;

  private Question() {}

  /**
   * A question in the case of the name.
   *
   * @param name an ASCII name without a trailing dot
   */
  public static byte[] of(String name, AddressType type) {
    return of(name, type.code());
  }

  /**
   * A question of any type in the case of the name.
   *
   * @param name an ASCII name without a trailing dot
   * @param type the number of the type
   */
  public static byte[] of(String name, int type) {
    int nameBytes = name.length() + 2;
    if (nameBytes > MAX_NAME) {
      throw new IllegalArgumentException(name + ": longer than a name may be");
    }
    byte[] question = new byte[nameBytes + TYPE_AND_CLASS];
    writeLabels(name, question);
    question[nameBytes + 3] = MessageFormat.CLASS_IN;
    setType(question, type);
    return question;
  }

  private static void writeLabels(String text, byte[] question) {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        endLabel(text, question, start, i);
        start = i + 1;
      } else {
        question[i + 1] = (byte) c;
      }
    }
    endLabel(text, question, start, text.length());
  }

  private static void endLabel(String text, byte[] question, int start, int end) {
    int length = end - start;
    if (length < 1 || length > MAX_LABEL) {
      throw new IllegalArgumentException(text + ": a label of " + length + " octets");
    }
    question[start] = (byte) length;
  }

  /** Changes the type that is asked for. */
  public static void setType(byte[] question, int type) {
    question[question.length - TYPE_AND_CLASS] = (byte) (type >> Byte.SIZE);
    question[question.length - TYPE_AND_CLASS + 1] = (byte) type;
  }

  /** Makes all letters lower case, for servers that answer in lower case only. */
  public static void lowerCase(byte[] question) {
    for (int i = 0; i < question.length - TYPE_AND_CLASS; i++) {
      if (question[i] >= 'A' && question[i] <= 'Z') {
        question[i] |= CASE_BIT;
      }
    }
  }

  /** Gives every letter a random case. The first 48 random bits are given by the caller. */
  public static void mixCase(byte[] question, long bits48, RandomBits random) {
    long bits = bits48;
    int left = 48;
    for (int i = 0; i < question.length - TYPE_AND_CLASS; i++) {
      int lower = question[i] | CASE_BIT;
      // Not a length octet: those are at most 63, and letters are at least 65.
      if (question[i] > MAX_LABEL && lower >= 'a' && lower <= 'z') {
        if (left == 0) {
          bits = random.next();
          left = Long.SIZE;
        }
        question[i] = (byte) (lower ^ ((int) (bits & 1) << 5));
        bits >>>= 1;
        left--;
      }
    }
  }
}
