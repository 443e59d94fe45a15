package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Parses the head of a request (RFC 9112) and refuses everything that is ambiguous. Written with
 * plain loops: streams and patterns would take a third of the time of a first request.
 */
final class RequestParser {
  static final int MAX_HEAD_BYTES = 8192;

  private static final char DELETE = 127;
  private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

  private RequestParser() {}

  /**
   * Takes the first complete head out of a buffer that is ready to be read. Takes nothing and
   * returns empty while the head is incomplete.
   */
  static Optional<Request> take(ByteBuffer in) throws BadRequest {
    skipEmptyLines(in);
    int end = endOfHead(in);
    if (end < 0) {
      refuseIfTooLong(in);
      return Optional.empty();
    }
    byte[] head = new byte[end - in.position()];
    in.get(head);
    return Optional.of(parse(new String(head, ISO_8859_1).split("\n", -1)));
  }

  /** Skips the empty line that old clients send after a body (RFC 9112, section 2.2). */
  private static void skipEmptyLines(ByteBuffer in) {
    while (in.hasRemaining() && isLineBreak(in.get(in.position()))) {
      in.get();
    }
  }

  private static boolean isLineBreak(byte next) {
    return next == '\r' || next == '\n';
  }

  private static int endOfHead(ByteBuffer in) {
    int lineStart = in.position();
    for (int i = in.position(); i < in.limit(); i++) {
      if (in.get(i) == '\n') {
        if (i == lineStart || (i == lineStart + 1 && in.get(lineStart) == '\r')) {
          return i + 1;
        }
        lineStart = i + 1;
      }
    }
    return -1;
  }

  private static void refuseIfTooLong(ByteBuffer in) throws BadRequest {
    if (in.remaining() < MAX_HEAD_BYTES) {
      return;
    }
    for (int i = in.position(); i < in.limit(); i++) {
      if (in.get(i) == '\n') {
        throw new BadRequest(
            Status.HEAD_TOO_LARGE,
            String.format(Locale.ROOT, "the head of a request may have %d bytes", MAX_HEAD_BYTES));
      }
    }
    throw new BadRequest(
        Status.URI_TOO_LONG,
        String.format(
            Locale.ROOT, "the first line of a request may have %d bytes", MAX_HEAD_BYTES));
  }

  private static Request parse(String[] lines) throws BadRequest {
    String[] words = withoutReturn(lines[0]).split(" ", -1);
    if (words.length != 3 || !isToken(words[0])) {
      throw malformed("a request starts with a line such as 'GET /index.html HTTP/1.1'");
    }
    int minor = minorVersion(words[2]);
    Map<String, String> fields = new HashMap<>();
    // The last two elements are the empty line that ends the head and the text behind it.
    for (int i = 1; i < lines.length - 2; i++) {
      addField(fields, withoutReturn(lines[i]));
    }
    FieldRules.check(fields, minor);
    String target = pathAndQuery(words[1]);
    if (target.equals("*") && !words[0].equals("OPTIONS")) {
      throw malformed("the target * is for OPTIONS only");
    }
    int query = target.indexOf('?');
    return query < 0
        ? new Request(words[0], decoded(target), "", minor, fields)
        : new Request(
            words[0],
            decoded(target.substring(0, query)),
            target.substring(query + 1),
            minor,
            fields);
  }

  private static int minorVersion(String version) throws BadRequest {
    if (version.equals("HTTP/1.0")) {
      return 0;
    }
    if (version.equals("HTTP/1.1") || version.matches("HTTP/1\\.[2-9]")) {
      return 1;
    }
    if (version.matches("HTTP/\\d\\.\\d")) {
      throw new BadRequest(Status.VERSION_NOT_SUPPORTED, "allowed are HTTP/1.0 and HTTP/1.1");
    }
    throw malformed("the first line ends with a version such as HTTP/1.1");
  }

  private static void addField(Map<String, String> fields, String line) throws BadRequest {
    int colon = line.indexOf(':');
    // A space before the colon and folded lines are refused: they allow request smuggling.
    if (colon < 1 || !isToken(line.substring(0, colon)) || !isText(line)) {
      throw malformed("a field is a name, a colon and a value");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    fields.merge(name, line.substring(colon + 1).strip(), (first, next) -> first + ", " + next);
  }

  private static String pathAndQuery(String target) throws BadRequest {
    String path = target;
    boolean isUrl = target.regionMatches(true, 0, "http://", 0, 7);
    if (isUrl) {
      int end = endOfAuthority(target);
      path = target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
      if (!FieldRules.isHostAndPort(target.substring(7, end))) {
        throw malformed("the target has no valid host");
      }
    }
    if (!isVisible(target)
        || target.indexOf('#') >= 0
        || (!path.startsWith("/") && !path.equals("*"))) {
      throw malformed("the target is a path such as /index.html");
    }
    return path;
  }

  private static int endOfAuthority(String url) {
    int end = 7;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  private static String decoded(String path) throws BadRequest {
    if (path.indexOf('%') < 0) {
      return path;
    }
    try {
      return String.valueOf(new URI("http://host" + path).getPath());
    } catch (URISyntaxException e) {
      throw malformed("the percent-encoding of the path is malformed");
    }
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static boolean isToken(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (SEPARATORS.indexOf(word.charAt(i)) >= 0) {
        return false;
      }
    }
    return !word.isEmpty() && isVisible(word);
  }

  private static boolean isVisible(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) <= ' ' || word.charAt(i) >= DELETE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE) {
        return false;
      }
    }
    return true;
  }

  private static BadRequest malformed(String message) {
    return new BadRequest(Status.BAD_REQUEST, message);
  }
}
