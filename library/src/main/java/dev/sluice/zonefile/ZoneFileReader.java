package dev.sluice.zonefile;

import dev.sluice.TerminalText;
import dev.sluice.dns.DomainName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the owners of NS records below the apex from a zone file (RFC 1035, section 5.1). The apex
 * is the owner of the SOA record, which comes first. An owner with a character that only an escape
 * can write is skipped: it is no host name. Owners that follow each other are reported once.
 */
final class ZoneFileReader {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int LONGEST_TOKEN = 1 << 10;
  private static final int END = -1;

  /** Some editors write it at the start of a text in UTF-8. It is not part of the text. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final int DIGITS_OF_ESCAPE = 3;

  private final InputStream in;
  private final String source;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long line = 1;
  private boolean begun;

  private final byte[] token = new byte[LONGEST_TOKEN];
  private int tokenLength;

  /** Whether the token has a character that only quotes or an escape can write. */
  private boolean unusual;

  private final byte[] owner = new byte[2 * LONGEST_TOKEN];
  private int ownerLength;
  private boolean ownerIsUsable;
  private boolean ownerIsReported;

  private byte[] origin = new byte[0];
  private boolean originIsKnown;
  private byte[] apex = new byte[0];
  private boolean apexIsKnown;
  private boolean hasDelegation;

  /** The first owner of NS records that is not in the zone; empty if there is none. */
  private String stranger = "";

  ZoneFileReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** The apex, in lower case and without its last dot; empty before the SOA record. */
  String apex() {
    return new String(apex, StandardCharsets.ISO_8859_1);
  }

  /** The octets of the name that {@link #next} found; they change with the next call. */
  byte[] name() {
    return owner;
  }

  /** The length of the next delegated name; negative at the end of the file. */
  int next() throws IOException {
    for (int c = peek(); c != END; c = peek()) {
      if (c == '$') {
        directive();
      } else if (readOwner(c) && readEntry()) {
        ownerIsReported = true;
        return ownerLength;
      }
    }
    if (!apexIsKnown) {
      throw failure("no SOA record");
    }
    // A zone may delegate nothing. One that delegates other names has another apex than it says.
    if (!hasDelegation && !stranger.isEmpty()) {
      throw failure(
          "no NS record is of a name below "
              + TerminalText.quoted(apex())
              + ", which the SOA record is of; the first one is of "
              + TerminalText.quoted(stranger));
    }
    return END;
  }

  /** Reads the owner at the start of a line; false if the line is blank or a comment. */
  private boolean readOwner(int first) throws IOException {
    if (isBlank(first) || first == '\n' || first == '\r' || first == ';') {
      return !isEndOfEntry(skipBlanks());
    }
    readToken();
    int length = absolute();
    if (length != ownerLength || !Arrays.equals(token, 0, length, owner, 0, length)) {
      System.arraycopy(token, 0, owner, 0, length);
      ownerLength = length;
      ownerIsReported = false;
    }
    ownerIsUsable = !unusual;
    return true;
  }

  /** Skips the rest of a line that has no entry. */
  private boolean isEndOfEntry(int c) throws IOException {
    if (c == ';' || c == '\n' || c == '\r' || c == END) {
      skipEntry(0);
      return true;
    }
    return false;
  }

  /** Reads the entry behind the owner; whether it delegates a name that was not yet reported. */
  private boolean readEntry() throws IOException {
    int depth = 0;
    while (true) {
      int c = skipBlanks();
      if (c == '(' || c == ')') {
        at++;
        depth += c == '(' ? 1 : -1;
      } else if (c == ';' || c == '\n' || c == '\r') {
        if (depth == 0) {
          throw failure("a record without a type");
        }
        skipLine();
      } else if (c == END) {
        throw failure("the file ends within a record");
      } else {
        readToken();
        if (!isTtlOrClass()) {
          boolean delegates = isDelegation();
          skipEntry(depth);
          return delegates;
        }
      }
    }
  }

  private boolean isTtlOrClass() {
    return (token[0] >= '0' && token[0] <= '9')
        || tokenIs("in")
        || tokenIs("ch")
        || tokenIs("hs")
        || tokenIs("cs");
  }

  private boolean isDelegation() throws IOException {
    if (tokenIs("soa") && !apexIsKnown) {
      beginZone();
    }
    if (!tokenIs("ns") || ownerIsReported || !ownerIsUsable) {
      return false;
    }
    if (!apexIsKnown) {
      throw failure("an NS record before the SOA record");
    }
    boolean isBelow = ownerIsBelowApex();
    hasDelegation |= isBelow;
    if (!isBelow
        && stranger.isEmpty()
        && !Arrays.equals(owner, 0, ownerLength, apex, 0, apex.length)) {
      stranger = text(owner, ownerLength);
    }
    return isBelow;
  }

  private void beginZone() throws IOException {
    String name = text(owner, ownerLength);
    if (!ownerIsUsable || !(name.isEmpty() || isName(name))) {
      throw failure(
          "the SOA record is of " + TerminalText.quoted(name) + ", which is no domain name");
    }
    apexIsKnown = true;
    apex = Arrays.copyOf(owner, ownerLength);
    ownerIsReported = true;
  }

  private static boolean isName(String text) {
    try {
      return DomainName.of(text).value().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean ownerIsBelowApex() {
    int start = ownerLength - apex.length;
    return start > 0
        && (apex.length == 0 || owner[start - 1] == '.')
        && Arrays.equals(owner, start, ownerLength, apex, 0, apex.length);
  }

  private void directive() throws IOException {
    readToken();
    if (tokenIs("$origin")) {
      skipBlanks();
      readToken();
      int length = absolute();
      origin = Arrays.copyOf(token, length);
      originIsKnown = true;
    } else if (!tokenIs("$ttl")) {
      throw failure(TerminalText.quoted(tokenText()) + " is not supported");
    }
    skipEntry(0);
  }

  /** Makes the token an absolute name without its last dot. */
  private int absolute() throws IOException {
    if (tokenIs("@") && !unusual) {
      tokenLength = 0;
    } else if (tokenLength > 0 && token[tokenLength - 1] == '.') {
      return --tokenLength;
    }
    if (!originIsKnown) {
      throw failure("a relative name without $ORIGIN: " + TerminalText.quoted(tokenText()));
    }
    if (tokenLength > 0 && origin.length > 0) {
      append('.');
    }
    for (byte octet : origin) {
      append(octet);
    }
    return tokenLength;
  }

  private void readToken() throws IOException {
    tokenLength = 0;
    unusual = false;
    for (int c = peek(); !isEndOfToken(c); c = peek()) {
      at++;
      if (c == '\\') {
        appendEscaped();
      } else {
        unusual |= c == '"';
        append(c);
      }
    }
  }

  /** Reads {@code \\DDD}, an octet in decimal, or {@code \\X} (RFC 1035, section 5.1). */
  private void appendEscaped() throws IOException {
    int octet = peek();
    if (isDigit(octet)) {
      octet = 0;
      int digits = 0;
      for (int c = peek(); isDigit(c) && digits < DIGITS_OF_ESCAPE; c = peek()) {
        octet = 10 * octet + c - '0';
        digits++;
        at++;
      }
      unusual |= digits < DIGITS_OF_ESCAPE;
    } else if (octet != END) {
      at++;
    }
    unusual |= !isOfHosts(octet);
    append(octet);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a label of a host name may have the octet. */
  private static boolean isOfHosts(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  }

  private void append(int octet) throws IOException {
    if (tokenLength == LONGEST_TOKEN) {
      throw failure("more than " + LONGEST_TOKEN + " characters without a space");
    }
    boolean isUpper = octet >= 'A' && octet <= 'Z';
    token[tokenLength++] = (byte) (isUpper ? octet + ('a' - 'A') : octet);
  }

  private boolean tokenIs(String word) {
    if (tokenLength != word.length()) {
      return false;
    }
    for (int i = 0; i < tokenLength; i++) {
      if (token[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String tokenText() {
    return text(token, tokenLength);
  }

  private static String text(byte[] octets, int length) {
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
  }

  private int skipBlanks() throws IOException {
    int c = peek();
    while (isBlank(c)) {
      at++;
      c = peek();
    }
    return c;
  }

  /** Skips to the end of the entry: the first end of a line that is in no parentheses. */
  private void skipEntry(int depthBefore) throws IOException {
    int depth = depthBefore;
    while (true) {
      int c = peek();
      if (c == END) {
        if (depth > 0) {
          throw failure("the file ends within a record");
        }
        return;
      }
      at++;
      switch (c) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '"' -> skipQuoted();
        case ';' -> skipComment();
        case '\\' -> {
          if (peek() != END) {
            at++;
          }
        }
        case '\n' -> {
          line++;
          if (depth <= 0) {
            return;
          }
        }
        default -> {
          // Part of the record's data.
        }
      }
    }
  }

  private void skipQuoted() throws IOException {
    for (int c = peek(); c != '"'; c = peek()) {
      if (c == END) {
        throw failure("the file ends within quotes");
      }
      at++;
      line += c == '\n' ? 1 : 0;
      if (c == '\\' && peek() != END) {
        at++;
      }
    }
    at++;
  }

  /** Skips up to the end of the line, and leaves it. */
  private void skipComment() throws IOException {
    for (int c = peek(); c != '\n' && c != END; c = peek()) {
      at++;
    }
  }

  private void skipLine() throws IOException {
    skipComment();
    if (peek() == '\n') {
      at++;
      line++;
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isEndOfToken(int c) {
    return c == END || isBlank(c) || c == '\n' || c == '\r' || c == ';' || c == '(' || c == ')';
  }

  /** The next octet, which stays; {@link #END} at the end of the file. */
  private int peek() throws IOException {
    return at < end || fill() ? buffer[at] & 0xff : END;
  }

  private boolean fill() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(source + ": interrupted");
    }
    at = 0;
    try {
      end = begun ? Math.max(in.read(buffer, 0, BUFFER_BYTES), 0) : begin();
    } catch (EOFException | ZipException e) {
      throw failure(Compressed.reason(e), e);
    }
    return end > 0;
  }

  /** Reads the first octets, without a byte order mark. */
  private int begin() throws IOException {
    begun = true;
    int length = in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
    return Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
        ? Math.max(in.read(buffer, 0, BUFFER_BYTES), 0)
        : length;
  }

  private ZoneFileException failure(String reason) {
    return failure(reason, null);
  }

  private ZoneFileException failure(String reason, @Nullable Exception cause) {
    return new ZoneFileException(source + ": line " + line + ": " + reason, cause);
  }
}
