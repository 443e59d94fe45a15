package dev.sluice.samples.domains;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry of .dev on loopback, with its bootstrap list. */
final class RdapRegistry implements AutoCloseable {
  private static final String DOMAIN = "/rdap/domain/";

  /** The response for a name: a status and JSON. */
  record Reply(int status, String json) {
    static final Reply NOT_FOUND = new Reply(404, "{}");
    static final Reply BUSY = new Reply(503, "{}");

    /** A registered domain with these members beside its name. */
    static Reply domain(String name, String members) {
      return new Reply(
          200, "{\"objectClassName\":\"domain\",\"ldhName\":\"" + name + "\"" + members + "}");
    }
  }

  /** Decides on the response for a name. */
  @FunctionalInterface
  interface Script {
    Reply of(String name) throws InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final Script script;

  RdapRegistry(Script script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/dns.json", exchange -> send(exchange, new Reply(200, list())));
    server.createContext(DOMAIN, this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(DOMAIN.length());
    asked.add(name);
    try {
      send(exchange, script.of(name));
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.json().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String listUrl() {
    return base() + "/dns.json";
  }

  String list() {
    return "{\"services\":[[[\"dev\"],[\"" + base() + "/rdap/\"]]]}";
  }

  /** The names that were requested. */
  List<String> asked() {
    return asked.stream().sorted().toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
