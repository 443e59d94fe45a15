package dev.sluice.testkit;

import static dev.sluice.testkit.ScriptedServer.send;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the server of {@link TransportContract} answers each path. */
final class Scripts {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final long SLOW_MILLIS = 2;
  private static final int CHUNK = 30_000;

  /** The body of the paths with a long one: a million bytes that tell where they belong. */
  static final String LONG =
      IntStream.range(0, 125_000).mapToObj("%07d\n"::formatted).collect(Collectors.joining());

  private Scripts() {}

  /** Answers one request; returns false if the connection ends with it. */
  static boolean answer(String path, Socket socket, Runnable answering)
      throws IOException, InterruptedException {
    switch (path) {
      case "/chunked" ->
          send(
              socket, OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n/c\r\n6\r\nhunked\r\n0\r\n\r\n");
      case "/until-close" -> {
        send(socket, OK + "Connection: close\r\n\r\n" + path);
        return false;
      }
      case "/long" -> send(socket, whole(LONG));
      case "/long-chunked" -> {
        send(socket, OK + "Transfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < LONG.length(); from += CHUNK) {
          String chunk = LONG.substring(from, Math.min(from + CHUNK, LONG.length()));
          send(socket, Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
        }
        send(socket, "0\r\n\r\n");
      }
      case "/long-until-close" -> {
        send(socket, OK + "Connection: close\r\n\r\n" + LONG);
        return false;
      }
      case "/half-long" -> {
        send(socket, OK + "Content-Length: " + 2 * LONG.length() + "\r\n\r\n" + LONG);
        return false;
      }
      case "/early-hints" ->
          send(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole(path));
      case "/404" -> send(socket, empty("404 Not Found"));
      case "/503" -> send(socket, empty("503 Service Unavailable"));
      case "/half" -> {
        send(socket, OK + "Content-Length: 10\r\n\r\nhalf");
        return false;
      }
      case "/half-chunked" -> {
        send(socket, OK + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        return false;
      }
      case "/no-answer" -> {
        return false;
      }
      case "/reset" -> {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
      }
      case "/two-lengths" ->
          send(socket, OK + "Content-Length: 4\r\nContent-Length: 8\r\n\r\nbodybody");
      case "/no-http" -> {
        send(socket, "220 mail.example.org ESMTP\r\n");
        return false;
      }
      case "/silent" -> untilTheClientLeaves(socket);
      case "/stalled" -> {
        send(socket, OK + "Content-Length: 10\r\n\r\nhalf");
        untilTheClientLeaves(socket);
      }
      case "/endless" -> {
        send(socket, OK + "\r\n");
        while (true) {
          send(socket, "x");
          Thread.sleep(SLOW_MILLIS);
        }
      }
      default -> {
        if (path.startsWith("/slow/")) {
          Thread.sleep(path.hashCode() & 3);
        }
        answering.run();
        // In one piece: what comes after the next request was sent cannot be told from its answer.
        String unasked = "/an-answer-that-no-request-asked-for";
        send(socket, whole(path) + (path.startsWith("/twice/") ? whole(unasked) : ""));
      }
    }
    return true;
  }

  private static String whole(String body) {
    return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String empty(String status) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
  }

  private static void untilTheClientLeaves(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
