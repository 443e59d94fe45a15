package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagServerCloseTest {
  private static final HttpServerSettings SETTINGS = HttpServerSettings.onLoopback();

  @Test
  void leavesNoThreadBehind() throws IOException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    FlagServer server = FlagServer.start(SETTINGS);
    RawHttpClient.get(server.uri(), "/flags/br/br.gif");
    server.close();
    Set<Thread> after = Thread.getAllStackTraces().keySet();
    assertFalse(after.stream().anyMatch(t -> !before.contains(t) && isOurs(t)), after::toString);
  }

  @Test
  void freesThePortAtOnce() throws IOException {
    FlagServer first = FlagServer.start(SETTINGS);
    RawHttpClient.get(first.uri(), "/flags/br/br.gif");
    first.close();
    try (FlagServer second = FlagServer.start(SETTINGS.withPort(first.uri().getPort()))) {
      assertEquals(first.uri(), second.uri());
      assertEquals(200, RawHttpClient.get(second.uri(), "/flags/br/br.gif").status());
    }
  }

  @Test
  void closesConnectionsThatWaitForADelayedResponse() throws IOException {
    FlagServer server = FlagServer.start(SETTINGS.withDelay(DelayRange.parse("1h")));
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      client.send(RawHttpClient.request("GET", "/flags/br/br.gif"));
      server.close();
      assertTrue(isOver(client));
    }
  }

  @Test
  void closesTwiceWithoutAnError() throws IOException {
    FlagServer server = FlagServer.start(SETTINGS);
    server.close();
    server.close();
  }

  @Test
  void endsAwait() throws IOException, InterruptedException {
    FlagServer server = FlagServer.start(SETTINGS);
    new Thread(server::close).start();
    server.await();
  }

  @Test
  void saysThatThePortIsInUse() throws IOException {
    try (FlagServer first = FlagServer.start(SETTINGS)) {
      int port = first.uri().getPort();
      var refusal =
          assertThrows(IOException.class, () -> FlagServer.start(SETTINGS.withPort(port)));
      String message = String.valueOf(refusal.getMessage());
      assertEquals("port " + port + " on 127.0.0.1 is in use", message);
    }
  }

  /** A client may see the end of the stream or a reset. */
  private static boolean isOver(RawHttpClient client) {
    try {
      return client.isAtEnd();
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isOurs(Thread thread) {
    return thread.getName().startsWith("flag-server");
  }
}
