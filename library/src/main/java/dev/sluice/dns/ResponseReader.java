package dev.sluice.dns;

import java.util.Arrays;

/**
 * Reads responses. What breaks the rules is {@link ResponseKind#MALFORMED}, a value: whoever sends
 * us bytes has no way to make this throw, loop or allocate by their counts.
 */
final class ResponseReader {
  static final int HEADER = 12;
  static final int FORMERR = 1;
  static final int NXDOMAIN = 3;
  static final int NOTIMP = 4;
  static final int BADVERS = 16;

  private static final int TYPE_NS = 2;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_OPT = 41;
  private static final int FIXED = 10;
  private static final int RESPONSE_BITS = 0xF8;
  private static final int RESPONSE = 0x80;
  private static final int AUTHORITATIVE = 0x04;
  private static final int TRUNCATED = 0x02;
  private static final int RECURSION_AVAILABLE = 0x80;

  private final AnswerSection answers = new AnswerSection();
  private byte[] message = {};
  private int limit;
  private int rcode;
  private int options;
  private boolean delegates;
  private boolean hasSoa;

  /** Whether this is a response to this very question, letter by letter. */
  static boolean answers(byte[] message, int length, byte[] question) {
    int end = HEADER + question.length;
    return isResponse(message, length)
        && length >= end
        && u16(message, 4) == 1
        && Arrays.equals(message, HEADER, end, question, 0, question.length);
  }

  /** Whether a server that knows no EDNS says so, with nothing but a header (RFC 6891, 7). */
  static boolean isBareRefusalOfEdns(byte[] message, int length) {
    int code = length == HEADER ? message[3] & 0xF : 0;
    return isResponse(message, length)
        && (code == FORMERR || code == NOTIMP)
        && u16(message, 4) == 0;
  }

  private static boolean isResponse(byte[] message, int length) {
    return length >= HEADER && (message[2] & RESPONSE_BITS) == RESPONSE;
  }

  /**
   * What a response {@linkplain #answers to this question} says; more of it is in {@link #answer}
   * and {@link #rcode}.
   *
   * <p>The name of the question is checked once more, as all that follows goes along it.
   *
   * @param message an array longer than the message by {@link AnswerSection#SCRATCH} octets
   */
  ResponseKind read(byte[] message, int length, int questionLength, RecordType type) {
    this.message = message;
    limit = length;
    rcode = message[3] & 0xF;
    options = 0;
    delegates = false;
    hasSoa = false;
    int at = HEADER + questionLength;
    if (at > length || !isQuestion(at)) {
      return ResponseKind.MALFORMED;
    }
    if ((message[2] & TRUNCATED) != 0) {
      return ResponseKind.TRUNCATED;
    }
    if (end(at) != length || options > 1) {
      return ResponseKind.MALFORMED;
    }
    return switch (rcode) {
      case 0 -> answered(at, type);
      case NXDOMAIN -> ResponseKind.NO_NAME;
      default -> ResponseKind.RCODE;
    };
  }

  private boolean isQuestion(int end) {
    int typeAndClass = end - 4;
    return MessageNames.end(message, HEADER, typeAndClass) == typeAndClass
        && MessageNames.isValid(message, HEADER, typeAndClass);
  }

  private ResponseKind answered(int at, RecordType type) {
    ResponseKind reading = answers.read(message, limit, at, u16(message, 6), type);
    return reading == ResponseKind.NO_DATA && isReferral() ? ResponseKind.REFERRAL : reading;
  }

  /** It sends us to somebody else instead of asking them: that is not NODATA (RFC 2308, 2.2). */
  private boolean isReferral() {
    return delegates
        && !hasSoa
        && u16(message, 6) == 0
        && (message[2] & AUTHORITATIVE) == 0
        && (message[3] & RECURSION_AVAILABLE) == 0;
  }

  /** What was read last, where it was {@link ResponseKind#ADDRESSES}. */
  Answer answer() {
    return answers.answer();
  }

  /** The RCODE read last, with the high bits that OPT has. */
  int rcode() {
    return rcode;
  }

  /** Whether the response read last knows EDNS. */
  boolean hasOptions() {
    return options > 0;
  }

  /** Reads the header alone of a {@linkplain #isBareRefusalOfEdns bare refusal}. */
  ResponseKind readBare(byte[] message) {
    rcode = message[3] & 0xF;
    options = 0;
    return ResponseKind.RCODE;
  }

  private int end(int start) {
    int at = start;
    for (int section = 6; section < HEADER && at >= 0; section += 2) {
      for (int left = u16(message, section); left > 0 && at >= 0; left--) {
        at = record(at, section);
      }
    }
    return at;
  }

  private int record(int at, int section) {
    int fixed = MessageNames.end(message, at, limit);
    if (fixed < 0 || fixed + FIXED > limit) {
      return MessageNames.NONE;
    }
    if (section != 6) {
      note(u16(message, fixed), fixed);
    }
    int end = fixed + FIXED + u16(message, fixed + 8);
    return end <= limit ? end : MessageNames.NONE;
  }

  private void note(int type, int fixed) {
    if (type == TYPE_OPT) {
      options++;
      rcode |= (message[fixed + 4] & 0xFF) << 4;
    }
    delegates |= type == TYPE_NS;
    hasSoa |= type == TYPE_SOA;
  }

  /** Makes a message say of itself that it is not whole. */
  static void truncate(byte[] message) {
    message[2] |= TRUNCATED;
  }

  static int u16(byte[] message, int at) {
    return ((message[at] & 0xFF) << 8) | (message[at + 1] & 0xFF);
  }
}
