package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsyncHandlerTest {
  /** The response to each request, in the order of arrival. */
  private final BlockingQueue<MaybeSubject<Response>> responses = new LinkedBlockingQueue<>();

  private final BlockingQueue<String> disposed = new LinkedBlockingQueue<>();
  private final Queue<String> queries = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private RawHttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.startAsync("async", HttpServerSettings.onLoopback(), this::answer);
    client = RawHttpClient.of(server.uri());
  }

  private Maybe<Response> answer(Request request, Scheduler loop) {
    MaybeSubject<Response> response = MaybeSubject.create();
    queries.add(request.query());
    responses.add(response);
    return response.doOnDispose(() -> disposed.add(request.path()));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void sendsAResponseThatComesLaterFromAnotherThread() throws Exception {
    client.send(RawHttpClient.request("GET", "/late?a=b&c"));
    next().onSuccess(Response.plain(Status.OK, "late"));
    assertEquals("late", client.read().body());
    client.send(RawHttpClient.request("GET", "/again"));
    next().onSuccess(Response.plain(Status.OK, "again"));
    assertEquals("again", client.read().body());
    assertEquals(List.of("a=b&c", ""), List.copyOf(queries));
  }

  @Test
  void answersPipelinedRequestsInTurn() throws Exception {
    client.send(RawHttpClient.request("GET", "/1") + RawHttpClient.request("GET", "/2"));
    MaybeSubject<Response> first = next();
    assertTrue(responses.isEmpty());
    first.onSuccess(Response.plain(Status.OK, "1"));
    next().onSuccess(Response.plain(Status.OK, "2"));
    assertEquals("1", client.read().body());
    assertEquals("2", client.read().body());
  }

  @Test
  void disposesWhenTheClientHangsUp() throws Exception {
    client.send(RawHttpClient.request("GET", "/given-up"));
    next();
    client.close();
    assertEquals("/given-up", disposed.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void disposesWhenTheServerCloses() throws Exception {
    client.send(RawHttpClient.request("GET", "/open"));
    next();
    server.close();
    assertEquals("/open", disposed.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void anEmptyResponseClosesTheConnection() throws Exception {
    client.send(RawHttpClient.request("GET", "/nothing"));
    next().onComplete();
    assertThrows(EOFException.class, client::read);
  }

  @Test
  void anErrorClosesTheConnection() throws Exception {
    client.send(RawHttpClient.request("GET", "/fails"));
    next().onError(new IOException("fails"));
    assertThrows(EOFException.class, client::read);
  }

  private MaybeSubject<Response> next() throws InterruptedException {
    MaybeSubject<Response> response = responses.poll(10, TimeUnit.SECONDS);
    assertTrue(response != null, "no request came");
    return response;
  }
}
