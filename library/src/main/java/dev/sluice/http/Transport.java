package dev.sluice.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests for an {@link HttpClient}, without a thread for each: behind {@link
 * HttpOptions#withTransport}. The client keeps all rules: which responses count, redirects, the
 * coding and the size of bodies, timeouts. The artifact {@code sluice-netty} has one.
 *
 * <p>A transport must keep these rules:
 *
 * <ul>
 *   <li>One call of {@link #send} is at most one request on the wire.
 *   <li>A response belongs to its request: bytes behind the end of a response are never taken for
 *       the next one, and informational responses (1xx) are dropped.
 *   <li>The value of a header has a char for each octet (ISO 8859-1).
 *   <li>A body that breaks off is an {@code IOException} where it is read.
 *   <li>The JDK's trust anchors check certificates, and the JDK and {@link #isFor} host names.
 * </ul>
 *
 * <p>The request has {@link dev.sluice.Timings} as a tag if the times of its phases are of use.
 *
 * <p>Thread-safe.
 */
public interface Transport extends AutoCloseable {
  /** Opens a transport for one client. */
  @FunctionalInterface
  interface Factory {
    /**
     * {@return an open transport}
     *
     * @param limit how many calls the client makes at once, and how many idle connections are of
     *     use
     */
    Transport open(int limit);
  }

  /**
   * What of a body is received before the receiver gets the response. It gets the response when the
   * body is whole, when it has more bytes or is known to have more, or when the time from the head
   * is over, whichever comes first. The rest is read by a thread that may block.
   *
   * @param bytes how many
   * @param within how long; {@link dev.sluice.Policy#FOREVER} for no bound
   */
  record Prefetch(long bytes, Duration within) {}

  /** Gets the response to one request, or the failure; one of them, and once. */
  interface Receiver {
    /**
     * A response has come. Must not block.
     *
     * @param response closed by the receiver; if its body is not whole, closing it ends the
     *     connection
     */
    void received(Response response);

    /**
     * There is no response. Must not block.
     *
     * @param cause what happened
     */
    void failed(IOException cause);
  }

  /**
   * {@return whether the certificate of the server is for the host}
   *
   * <p>Stricter than the JDK, whose check must come first (RFC 2818): the common name does not
   * count (RFC 9525, section 2), and a certificate with a name outside ASCII is refused.
   *
   * @param host a name or an address, as in the URL
   * @param session after its handshake
   */
  static boolean isFor(String host, SSLSession session) {
    return new HostNames((name, checked) -> true).verify(host, session);
  }

  /**
   * {@return how long each address of a name may take to connect, if it is not the last one}
   *
   * <p>A share of the attempt, so that an address which does not answer leaves time for the others;
   * from 0.5 s, or half of a shorter attempt, to the 2 s of RFC 8305, section 5.
   *
   * @param attempt how long an attempt may take, see {@link #prepare(URI, Duration)}
   * @param addresses how many the name has
   */
  static Duration connectTime(Duration attempt, int addresses) {
    return Addresses.connectTime(attempt, addresses);
  }

  /**
   * {@return the body of a response}
   *
   * @param type the media type; null if it is not known
   * @param length the length in bytes; negative if it is not known
   * @param bytes the bytes
   */
  static ResponseBody body(@Nullable MediaType type, long length, BulkSource bytes) {
    return BulkBody.of(type, length, bytes);
  }

  /**
   * Called once, before the first request, with the URL that most requests go to: what takes time,
   * such as the trust anchors for https, can be loaded until then. Does nothing by default, must
   * not block and must not throw.
   *
   * @param base the base URL of the client, which is not checked yet
   */
  default void prepare(URI base) {}

  /**
   * As {@link #prepare(URI)}, which it calls by default; a client calls this one.
   *
   * @param base the base URL of the client, which is not checked yet
   * @param attempt how long an attempt of the client may take: a transport that tries several
   *     addresses of a name should have time for the last one
   */
  default void prepare(URI base, Duration attempt) {
    prepare(base);
  }

  /**
   * Sends a request. Does not block, and does not throw: what goes wrong is the receiver's.
   *
   * @param request as it goes to the server, but for {@code Host}, {@code Connection} and the
   *     headers of its body
   * @param prefetch what of the body is received before the receiver gets the response
   * @param receiver gets the response, on any thread
   * @return ends the exchange: the connection is closed, and the receiver gets a failure unless it
   *     has the response. Any thread may run it, at any time
   */
  Runnable send(Request request, Prefetch prefetch, Receiver receiver);

  /** Closes all connections; exchanges under way fail, and so does each later one. */
  @Override
  void close();
}
