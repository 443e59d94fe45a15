package dev.sluice.samples.servers.registries;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RDAP answers of the registries, by the faults of their top-level domains. */
final class RegistryAnswers {
  private static final String NOT_FOUND = "{\"errorCode\":404,\"title\":\"Not Found\"}";
  private static final String PAGE = "<html><title>404 Not Found</title></html>";

  /** One in so many names is refused at first. */
  private static final int BUSY_PART = 50;

  private final Map<String, Boolean> asked = new ConcurrentHashMap<>();
  private final String other;

  /** Answers that redirect to this server: its base URL. */
  RegistryAnswers(String other) {
    this.other = other;
  }

  /** The answer of the server that the list names. */
  void byTheRegistry(HttpExchange exchange, String name) throws IOException {
    int number = NameState.number(name);
    boolean isFirst = asked.putIfAbsent(name, true) == null;
    switch (RegistryFault.of(name)) {
      case STRAYED, MOVED -> redirect(exchange, name);
      case GARBLED -> garbled(exchange, name, number);
      case PAGED -> send(exchange, 404, PAGE);
      case BUSY -> {
        if (isFirst && number % BUSY_PART == 1) {
          send(exchange, 429, "{\"errorCode\":429}");
        } else {
          right(exchange, name);
        }
      }
      case FAILING -> {
        boolean isOut = number % 3 == 0;
        if (isOut || (isFirst && number % BUSY_PART == 1)) {
          send(exchange, isOut ? 500 : 503, NOT_FOUND);
        } else {
          right(exchange, name);
        }
      }
      case DOWN -> exchange.close();
      default -> right(exchange, name);
    }
  }

  /** The answer of a server that no list names. */
  static void byAnother(HttpExchange exchange, String name) throws IOException {
    if (RegistryFault.of(name) == RegistryFault.MOVED) {
      right(exchange, name);
    } else {
      send(exchange, 404, NOT_FOUND);
    }
  }

  private void redirect(HttpExchange exchange, String name) throws IOException {
    exchange.getResponseHeaders().set("Location", other + "domain/" + name);
    send(exchange, 302, "");
  }

  private static void garbled(HttpExchange exchange, String name, int number) throws IOException {
    if (number % 2 == 0) {
      send(exchange, 404, "{\"errorCode\":429,\"title\":\"Too many requests\"}");
    } else {
      String body = "{\"objectClassName\":\"domain\",\"ldhName\":\"%s\",\"errorCode\":500}";
      send(exchange, 200, body.formatted(name));
    }
  }

  /** Half of the reserved names are known by the list of reserved names alone. */
  private static void right(HttpExchange exchange, String name) throws IOException {
    NameState state = NameState.of(name);
    String domain = state.rdap(name);
    boolean isListed = state == NameState.RESERVED && NameState.number(name) % 2 == 1;
    if (domain.isEmpty() || isListed) {
      send(exchange, 404, NOT_FOUND);
    } else {
      send(exchange, 200, domain);
    }
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
