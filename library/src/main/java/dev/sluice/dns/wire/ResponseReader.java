package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.MessageFormat.HEADER_BYTES;
import static dev.sluice.dns.wire.MessageFormat.RECORD_BYTES;
import static dev.sluice.dns.wire.MessageFormat.u16;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses. A response that breaks the rules is {@link ResponseKind#MALFORMED}: no bytes
 * make this class throw, loop for ever, or allocate memory by a count in the message.
 */
public final class ResponseReader {
  /** Free space that {@link #read} needs behind the message. */
  public static final int SCRATCH_BYTES = AnswerSection.SCRATCH_BYTES;

  /** Where the header counts the additional records. */
  private static final int ADDITIONAL = 10;

  private static final int TYPE_NS = 2;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_OPT = 41;
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
  private int optionsAt;
  private boolean delegates;
  private boolean hasSoa;

  /** Whether a message of this length has a whole header. */
  public static boolean hasHeader(int length) {
    return length >= HEADER_BYTES;
  }

  /** The id of a message with a header. */
  public static int id(byte[] message) {
    return u16(message, 0);
  }

  /** Whether a message has a header with this id. */
  public static boolean hasId(byte[] message, int length, int id) {
    return hasHeader(length) && id(message) == id;
  }

  /** Whether this is a response that repeats the question, letter case included. */
  public static boolean answers(byte[] message, int length, byte[] question) {
    return hasOneQuestion(message, length, question)
        && Arrays.equals(
            message, HEADER_BYTES, HEADER_BYTES + question.length, question, 0, question.length);
  }

  /** Whether this is a response with one question, which is at least as long as this one. */
  private static boolean hasOneQuestion(byte[] message, int length, byte[] question) {
    return isResponse(message, length)
        && length >= HEADER_BYTES + question.length
        && u16(message, 4) == 1;
  }

  /** Whether this is a response that repeats the question in lower case. */
  public static boolean answersInLowerCase(byte[] message, int length, byte[] question) {
    if (!hasOneQuestion(message, length, question)) {
      return false;
    }
    for (int i = 0; i < question.length; i++) {
      if (message[HEADER_BYTES + i] != MessageNames.lower(question[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is a response that repeats the question; letter case does not count. */
  public static boolean repeats(byte[] message, int length, byte[] question) {
    if (!hasOneQuestion(message, length, question)) {
      return false;
    }
    for (int i = question.length - 1; i >= 0; i--) {
      if (MessageNames.lower(message[HEADER_BYTES + i]) != MessageNames.lower(question[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is how a server without EDNS refuses: a header alone (RFC 6891, section 7). */
  public static boolean isBareRefusalOfEdns(byte[] message, int length) {
    int code = length == HEADER_BYTES ? message[3] & 0xF : 0;
    return isResponse(message, length)
        && (code == ResponseCode.FORMERR || code == ResponseCode.NOTIMP)
        && u16(message, 4) == 0;
  }

  /** Whether this is a response to a standard query, and no query. */
  public static boolean isResponse(byte[] message, int length) {
    return length >= HEADER_BYTES && (message[2] & RESPONSE_BITS) == RESPONSE;
  }

  /**
   * Reads a response that {@linkplain #answers repeats the question}. Details are in {@link
   * #addresses} and {@link #rcode}.
   *
   * @param message the message, in an array with {@link #SCRATCH_BYTES} more octets
   * @param length of the message
   * @param questionLength of the question section
   * @param type the type asked for
   * @return what it says
   */
  public ResponseKind read(byte[] message, int length, int questionLength, AddressType type) {
    ResponseKind flaw = readHeader(message, length, questionLength);
    int at = HEADER_BYTES + questionLength;
    return flaw != null
        ? flaw
        : rcode == ResponseCode.NOERROR ? answered(at, type) : denied(at, type);
  }

  /**
   * Reads all but the records of a response to a question of any type. A {@link RecordCursor} reads
   * the records.
   *
   * @param message the message
   * @param length of the message
   * @param questionLength of the question section
   * @param recursive whether the server was asked to ask others; if not, a referral is an answer
   * @return what it says; {@link ResponseKind#RECORDS} for NOERROR and NXDOMAIN
   */
  public ResponseKind readRecords(
      byte[] message, int length, int questionLength, boolean recursive) {
    ResponseKind flaw = readHeader(message, length, questionLength);
    if (flaw != null) {
      return flaw;
    }
    boolean empty = rcode == ResponseCode.NOERROR && answerCount() == 0;
    return empty && recursive && !hasSoa && isNeitherAuthoritativeNorRecursive()
        ? delegates ? ResponseKind.REFERRAL : ResponseKind.EMPTY
        : ResponseKind.RECORDS;
  }

  /** What keeps the records from being read; null if nothing does. */
  private @Nullable ResponseKind readHeader(byte[] message, int length, int questionLength) {
    this.message = message;
    limit = length;
    rcode = message[3] & 0xF;
    options = 0;
    optionsAt = 0;
    delegates = false;
    hasSoa = false;
    int at = HEADER_BYTES + questionLength;
    // The question's name is checked although it was compared: the answer section points to it.
    if (at > length || !isQuestion(at)) {
      return ResponseKind.MALFORMED;
    }
    if ((message[2] & TRUNCATED) != 0) {
      return ResponseKind.TRUNCATED;
    }
    // Octets behind the last record, and additional records that are cut off or not there at all,
    // are ignored, as glibc does.
    if (end(at) == MessageNames.NONE || options > 1) {
      return ResponseKind.MALFORMED;
    }
    return switch (rcode) {
      case ResponseCode.NOERROR -> null;
      case ResponseCode.NXDOMAIN -> isBlocked() ? ResponseKind.BLOCKED : null;
      default -> ResponseKind.ERROR_CODE;
    };
  }

  private boolean isBlocked() {
    ExtendedError error = extendedError();
    return error != null && error.isBlocked();
  }

  private boolean isQuestion(int end) {
    int typeAndClass = end - 4;
    return MessageNames.end(message, HEADER_BYTES, typeAndClass) == typeAndClass
        && MessageNames.isValid(message, HEADER_BYTES, typeAndClass);
  }

  private ResponseKind answered(int at, AddressType type) {
    ResponseKind kind = answers.read(message, limit, at, answerCount(), type);
    if (kind == ResponseKind.NO_DATA && provesNothing()) {
      return delegates ? ResponseKind.REFERRAL : ResponseKind.EMPTY;
    }
    return kind;
  }

  /** NXDOMAIN: of the name asked for, or of the last name of its aliases. */
  private ResponseKind denied(int at, AddressType type) {
    if (answerCount() == 0) {
      return ResponseKind.NO_NAME;
    }
    return switch (answers.read(message, limit, at, answerCount(), type)) {
      case NO_DATA -> answers.hasAlias() ? ResponseKind.DANGLING_ALIAS : ResponseKind.NO_NAME;
      // An address of a name that does not exist.
      default -> ResponseKind.MALFORMED;
    };
  }

  private int answerCount() {
    return u16(message, 6);
  }

  /** Whether a response without an answer to the question is not NODATA (RFC 2308, section 2.2). */
  private boolean provesNothing() {
    return !hasSoa && !answers.hasAlias() && isNeitherAuthoritativeNorRecursive();
  }

  private boolean isNeitherAuthoritativeNorRecursive() {
    return (message[2] & AUTHORITATIVE) == 0 && (message[3] & RECURSION_AVAILABLE) == 0;
  }

  /** The addresses of the last response, if it was {@link ResponseKind#ADDRESSES}. */
  public List<InetAddress> addresses() {
    return answers.addresses();
  }

  /** The RCODE of the last response, including the high bits in its OPT record. */
  public int rcode() {
    return rcode;
  }

  /** Whether the last response has an OPT record. */
  public boolean hasOptions() {
    return options > 0;
  }

  /** Where the last response has its OPT record, behind the owner; 0 if it has none. */
  public int optionsAt() {
    return optionsAt;
  }

  /** Why the server answers so, as the last response says; null if it does not say. */
  public @Nullable ExtendedError extendedError() {
    return ExtendedError.read(message, optionsAt);
  }

  /** Reads the header alone of a {@linkplain #isBareRefusalOfEdns bare refusal}. */
  public ResponseKind readBare(byte[] message) {
    rcode = message[3] & 0xF;
    options = 0;
    optionsAt = 0;
    return ResponseKind.ERROR_CODE;
  }

  private int end(int start) {
    int at = start;
    for (int section = 6; section < HEADER_BYTES && at >= 0; section += 2) {
      for (int left = u16(message, section); left > 0 && at >= 0; left--) {
        int next = record(at, section);
        if (next == MessageNames.NONE && section == ADDITIONAL) {
          return at;
        }
        at = next;
      }
    }
    return at;
  }

  private int record(int at, int section) {
    int fixed = MessageNames.end(message, at, limit);
    if (fixed < 0 || fixed + RECORD_BYTES > limit) {
      return MessageNames.NONE;
    }
    int end = fixed + RECORD_BYTES + u16(message, fixed + 8);
    if (end > limit) {
      return MessageNames.NONE;
    }
    if (section != 6) {
      note(u16(message, fixed), fixed);
    }
    return end;
  }

  private void note(int type, int fixed) {
    if (type == TYPE_OPT) {
      options++;
      optionsAt = fixed;
      rcode |= (message[fixed + 4] & 0xFF) << 4;
    }
    delegates |= type == TYPE_NS;
    hasSoa |= type == TYPE_SOA;
  }

  /** Sets the TC bit of a message. */
  public static void markTruncated(byte[] message) {
    message[2] |= TRUNCATED;
  }
}
