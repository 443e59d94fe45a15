package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.http.GET;

/** A name with several addresses, the first of which does not answer. */
@Timeout(60)
@SuppressWarnings("AddressSelection") // Only literals: no name is looked up.
class SeveralAddressesTest {
  @TempDir private Path folder;

  /** Has one page. */
  interface Pages {
    @GET("page")
    Maybe<ResponseBody> page();
  }

  /** In a JVM of its own: the JDK reads the file of names once. */
  static final class Client {
    private Client() {}

    /**
     * Prints the outcome of each of three keys.
     *
     * @param arguments the port, how many tries, and how many milliseconds an attempt may take
     */
    public static void main(String... arguments) {
      Policy policy =
          Policy.limit(1)
              .withAttemptTimeout(Duration.ofMillis(Long.parseLong(arguments[2])))
              .withRetry(
                  Retry.upTo(Integer.parseInt(arguments[1]))
                      .withBackoff(Backoff.fixed(Duration.ofMillis(100))));
      URI base = URI.create("http://several.test:" + arguments[0] + "/");
      HttpOptions netty = HttpOptions.standard().withTransport(NettyTransport::open);
      try (HttpClient client = HttpClient.at(base, policy, netty)) {
        Pages pages = client.api(Pages.class);
        client
            .pipeline((Integer key) -> pages.page().map(ResponseBody::string))
            .runInOrder(Flowable.range(1, 3))
            .map(o -> o instanceof Outcome.Success<?, ?> ? o.key() + " ok " : o + " ")
            .test()
            .awaitDone(30, SECONDS)
            .values()
            .forEach(System.out::print);
      }
    }
  }

  @BeforeEach
  void writeNames() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "other systems have one address");
    Files.writeString(folder.resolve("names"), "127.0.0.2 several.test\n127.0.0.1 several.test\n");
  }

  private String run(AnsweringServer server, int tries, Duration attempt) throws Exception {
    return Child.run(
        folder,
        "-c 0",
        List.of("-Djdk.net.hosts.file=" + folder.resolve("names")),
        Client.class,
        String.valueOf(server.base().getPort()),
        String.valueOf(tries),
        String.valueOf(attempt.toMillis()));
  }

  private static AnsweringServer server() {
    return new AnsweringServer((head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
  }

  @Test
  void aSilentAddressCostsAShareOfTheFirstAttempt() throws Exception {
    try (AnsweringServer server = server()) {
      List<SocketChannel> held = new ArrayList<>();
      // A listener whose queue is full, so that the kernel drops every further SYN.
      try (ServerSocket silent = listener(server, 1)) {
        for (int i = 0; i < 8; i++) {
          held.add(connecting(silent));
        }
        assertEquals("1 ok 2 ok 3 ok ", run(server, 1, Duration.ofSeconds(6)));
        assertEquals(
            "1 ok 2 ok 3 ok ", run(server, 1, Duration.ofMillis(1_500)), "a short attempt");
      } finally {
        for (SocketChannel channel : held) {
          channel.close();
        }
      }
    }
  }

  /** No connect clock sees such an address: its kernel accepts connections. */
  @Test
  void theNextAttemptAvoidsAnAddressThatNeverAnswered() throws Exception {
    try (AnsweringServer server = server();
        ServerSocket mute = listener(server, 50)) {
      assertEquals("1 ok 2 ok 3 ok ", run(server, 2, Duration.ofSeconds(2)));
      mute.accept().close();
      mute.setSoTimeout(1);
      assertEquals(0, accepted(mute));
    }
  }

  private static int accepted(ServerSocket listener) {
    try {
      listener.accept().close();
      return 1;
    } catch (IOException e) {
      return 0; // The queue is empty.
    }
  }

  private static ServerSocket listener(AnsweringServer server, int queue) throws IOException {
    return new ServerSocket(server.base().getPort(), queue, InetAddress.getByName("127.0.0.2"));
  }

  private static SocketChannel connecting(ServerSocket to) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(new InetSocketAddress(to.getInetAddress(), to.getLocalPort()));
    return channel;
  }
}
