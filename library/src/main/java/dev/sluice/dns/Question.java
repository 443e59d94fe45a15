package dev.sluice.dns;

/**
 * The question section as bytes: name, type, class IN (RFC 1035, section 4.1.2). Their case is
 * random, and an answer must repeat it: that is worth a bit per letter against who guesses ids.
 */
final class Question {
  static final int CLASS_IN = 1;

  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;
  private static final int TYPE_AND_CLASS = 4;
  private static final int CASE_BIT = 0x20;

  private Question() {}

  /** The question in lower case. */
  static byte[] of(DomainName name, RecordType type) {
    String text = name.value();
    int nameBytes = text.length() + 2;
    if (nameBytes > MAX_NAME) {
      throw new IllegalArgumentException(text + ": longer than a name may be");
    }
    byte[] question = new byte[nameBytes + TYPE_AND_CLASS];
    writeLabels(text, question);
    question[nameBytes + 3] = CLASS_IN;
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

  static void setType(byte[] question, RecordType type) {
    question[question.length - TYPE_AND_CLASS + 1] = (byte) type.code();
  }

  /** For a server that repeats no case but its own. */
  static void lowerCase(byte[] question) {
    for (int i = 0; i < question.length - TYPE_AND_CLASS; i++) {
      if (question[i] >= 'A' && question[i] <= 'Z') {
        question[i] |= CASE_BIT;
      }
    }
  }

  /** Gives every letter a case of its own; the first bits come with the call, 48 of them. */
  static void mixCase(byte[] question, long bits48, RandomBits random) {
    long bits = bits48;
    int left = 48;
    for (int i = 0; i < question.length - TYPE_AND_CLASS; i++) {
      int lower = question[i] | CASE_BIT;
      // The length of a label is at most 63, and no letter is below 65.
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
