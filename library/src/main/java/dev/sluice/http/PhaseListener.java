package dev.sluice.http;

import dev.sluice.Phase;
import dev.sluice.Timings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Notes the phases of one call in the {@link Timings} of its key, and tells the user's listener of
 * all events.
 */
final class PhaseListener extends EventListener {
  private final Timings timings;
  private final EventListener user;

  /** The phase that the call is in: OkHttp tells of one event after another. */
  private @Nullable Phase open;

  private PhaseListener(Timings timings, EventListener user) {
    this.timings = timings;
    this.user = user;
  }

  /** The listener of the user, for a call whose times are of no use; else one that notes them. */
  static EventListener.Factory around(EventListener.Factory user) {
    return call -> {
      EventListener own = user.create(call);
      // OkHttp makes the listener with the call, on the thread that works on the attempt.
      Timings timings = Timings.current();
      return timings == null ? own : new PhaseListener(timings, own);
    };
  }

  private void begin(Phase phase) {
    end();
    timings.begin(phase);
    open = phase;
  }

  /** Ends the phase that the call is in, if it is in one. */
  private void end() {
    Phase ended = open;
    open = null;
    if (ended != null) {
      timings.end(ended);
    }
  }

  @Override
  public void callStart(Call call) {
    user.callStart(call);
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    begin(Phase.DNS);
    user.dnsStart(call, domainName);
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
    end();
    user.dnsEnd(call, domainName, addresses);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    begin(Phase.CONNECT);
    user.connectStart(call, address, proxy);
  }

  @Override
  public void secureConnectStart(Call call) {
    user.secureConnectStart(call);
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    user.secureConnectEnd(call, handshake);
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    end();
    user.connectEnd(call, address, proxy, protocol);
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException error) {
    end();
    user.connectFailed(call, address, proxy, protocol, error);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    user.connectionAcquired(call, connection);
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    user.connectionReleased(call, connection);
  }

  @Override
  public void requestHeadersStart(Call call) {
    begin(Phase.FIRST_BYTE);
    user.requestHeadersStart(call);
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    user.requestHeadersEnd(call, request);
  }

  @Override
  public void requestBodyStart(Call call) {
    user.requestBodyStart(call);
  }

  @Override
  public void requestBodyEnd(Call call, long bytes) {
    user.requestBodyEnd(call, bytes);
  }

  @Override
  public void requestFailed(Call call, IOException error) {
    end();
    user.requestFailed(call, error);
  }

  @Override
  public void responseHeadersStart(Call call) {
    user.responseHeadersStart(call);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    timings.answered(response.code());
    timings.next(Phase.FIRST_BYTE, Phase.BODY);
    open = Phase.BODY;
    user.responseHeadersEnd(call, response);
  }

  @Override
  public void responseBodyStart(Call call) {
    user.responseBodyStart(call);
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    end();
    timings.received(bytes);
    user.responseBodyEnd(call, bytes);
  }

  @Override
  public void responseFailed(Call call, IOException error) {
    end();
    user.responseFailed(call, error);
  }

  @Override
  public void callEnd(Call call) {
    end();
    user.callEnd(call);
  }

  @Override
  public void callFailed(Call call, IOException error) {
    end();
    user.callFailed(call, error);
  }
}
