package dev.sluice.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose route or address changes while a resolver is open. */
@Timeout(60)
class RoamingTest extends UdpFixture {
  private static final String ADD =
      "ip link set lo up; ip addr add 10.1.0.1/32 dev lo; ip addr add 10.2.0.1/32 dev lo;"
          + " ip route replace local 10.2.0.1 dev lo src 10.1.0.1 table local";
  private static final String CHANGE =
      "ip addr add 10.1.0.9/32 dev lo; ip addr del 10.1.0.1/32 dev lo;"
          + " ip route replace local 10.2.0.1 dev lo src 10.1.0.9 table local";

  @TempDir Path folder;

  @Test
  void aPortWithoutAnAnswerIsReplaced() {
    List<SocketAddress> ports = new CopyOnWriteArrayList<>();
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  ports.add(received.from());
                  if (ports.size() != 2) {
                    received.found();
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      advance(resolver, 1);
      var observer = resolver.resolve(NAME).test();
      awaitAsked(server, 2);
      assertEquals(ports.get(0), ports.get(1));
      advance(resolver, 2);
      await(observer).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertNotEquals(ports.get(0), ports.get(2));
      assertNotEquals(ports.get(0), ports.get(3));
    }
  }

  /** In a network namespace of its own, where the address of the loopback interface changes. */
  @Test
  void aPortWhoseAddressIsGoneIsReplaced() throws Exception {
    assumeTrue(run("ip addr") == 0, "no permission to make a network namespace");
    int status = run(ADD + "; " + java() + " '" + Roaming.class.getName() + "'");
    String said = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    assertEquals(0, status, said);
  }

  private int run(String script) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-n", "sh", "-c", script)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("out").toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      assumeTrue(false, "no unshare command");
      throw e;
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java")
        + " -cp "
        + System.getProperty("java.class.path");
  }

  /** The program in the namespace; it ends with an exception unless all names are found. */
  static final class Roaming {
    private Roaming() {}

    public static void main(String[] args) throws Exception {
      try (ScriptedNameServer server =
              ScriptedNameServer.at("10.2.0.1", ScriptedNameServer.ReceivedQuery::found);
          UdpResolver resolver = UdpResolver.of(to(List.of(server.address())))) {
        ask(resolver).assertValueCount(1);
        assertEquals(0, new ProcessBuilder("sh", "-c", CHANGE).inheritIO().start().waitFor());
        for (int i = 0; i < 3; i++) {
          ask(resolver).assertValueCount(1);
        }
      }
    }
  }
}
