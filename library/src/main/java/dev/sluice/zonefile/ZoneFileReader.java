package dev.sluice.zonefile;

import dev.sluice.TerminalText;
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
 * is the owner of the SOA record, which comes first. An owner with an escaped character is skipped:
 * it is no host name. Owners that follow each other are reported once.
 */
final class ZoneFileReader {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int LONGEST_TOKEN = 1 << 10;
  private static final int END = -1;

  private final InputStream in;
  private final String source;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long line = 1;

  private final byte[] token = new byte[LONGEST_TOKEN];
  private int tokenLength;
  private boolean escaped;

  private final byte[] owner = new byte[2 * LONGEST_TOKEN];
  private int ownerLength;
  private boolean ownerIsUsable;
  private boolean ownerIsReported;

  private byte[] origin = new byte[0];
  private byte[] apex = new byte[0];
  private boolean apexIsKnown;

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
    ownerIsUsable = !escaped;
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
      apexIsKnown = true;
      apex = Arrays.copyOf(owner, ownerLength);
      ownerIsReported = true;
    }
    if (!tokenIs("ns") || ownerIsReported || !ownerIsUsable) {
      return false;
    }
    if (!apexIsKnown) {
      throw failure("an NS record before the SOA record");
    }
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
    } else if (!tokenIs("$ttl")) {
      throw failure(TerminalText.quoted(tokenText()) + " is not supported");
    }
    skipEntry(0);
  }

  /** Makes the token an absolute name without its last dot. */
  private int absolute() throws IOException {
    if (tokenIs("@")) {
      tokenLength = 0;
    } else if (tokenLength > 0 && token[tokenLength - 1] == '.') {
      return --tokenLength;
    }
    if (origin.length == 0) {
      throw failure("a relative name without $ORIGIN: " + TerminalText.quoted(tokenText()));
    }
    if (tokenLength > 0) {
      append('.');
    }
    for (byte octet : origin) {
      append(octet);
    }
    return tokenLength;
  }

  private void readToken() throws IOException {
    tokenLength = 0;
    escaped = false;
    for (int c = peek(); !isEndOfToken(c); c = peek()) {
      at++;
      escaped |= c == '\\' || c == '"';
      append(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      if (c == '\\' && peek() != END) {
        append(buffer[at++]);
      }
    }
  }

  private void append(int octet) throws IOException {
    if (tokenLength == LONGEST_TOKEN) {
      throw failure("more than " + LONGEST_TOKEN + " characters without a space");
    }
    token[tokenLength++] = (byte) octet;
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
    return new String(token, 0, tokenLength, StandardCharsets.ISO_8859_1);
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
      end = Math.max(in.read(buffer, 0, BUFFER_BYTES), 0);
    } catch (EOFException | ZipException e) {
      throw failure("gzip: " + e.getMessage(), e);
    }
    return end > 0;
  }

  private ZoneFileException failure(String reason) {
    return failure(reason, null);
  }

  private ZoneFileException failure(String reason, @Nullable Exception cause) {
    return new ZoneFileException(source + ": line " + line + ": " + reason, cause);
  }
}
