package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** A name with several addresses, some of which do not answer. */
@SuppressWarnings("AddressSelection") // Only literals: no name is looked up.
class SeveralAddressesTest {
  private static final byte[] HELLO = ok("text/plain", bytes("hello"));

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") int key);
  }

  @Test
  @SuppressWarnings("try") // The silent address is only there.
  void aSilentFirstAddressCostsAShareOfTheAttempt() {
    try (RawServer server = RawServer.saying(HELLO);
        var silent = new Silent("127.0.0.2", port(server));
        HttpClient client = client(server, 1, Duration.ofSeconds(6), "127.0.0.2", "127.0.0.1")) {
      assertEquals("1 ok, 2 ok, 3 ok", run(client, 3));
    }
  }

  @Test
  @SuppressWarnings("try") // The silent addresses are only there.
  void severalSilentAddressesArePassedOverWithinOneAttempt() {
    try (RawServer server = RawServer.saying(HELLO);
        var two = new Silent("127.0.0.2", port(server));
        var three = new Silent("127.0.0.3", port(server));
        HttpClient client =
            client(server, 1, Duration.ofSeconds(8), "127.0.0.2", "127.0.0.3", "127.0.0.1")) {
      assertEquals("1 ok", run(client, 1));
    }
  }

  /** The connections are accepted, so no connect clock sees it; a later attempt must. */
  @Test
  void theNextAttemptAvoidsAnAddressThatNeverAnswered() throws IOException {
    try (RawServer server = RawServer.saying(HELLO);
        RawServer mute =
            RawServer.answering(
                new ServerSocket(port(server), 50, InetAddress.getByName("127.0.0.2")),
                "http",
                Exchange::untilTheClientLeaves);
        HttpClient client = client(server, 2, Duration.ofMillis(700), "127.0.0.2", "127.0.0.1")) {
      assertEquals("1 ok, 2 ok, 3 ok", run(client, 3));
      assertEquals(1, mute.accepted());
    }
  }

  @Test
  void theOnlyAddressHasTheWholeAttempt() throws UnknownHostException {
    InetAddress one = InetAddress.getByName("127.0.0.1");
    InetAddress two = InetAddress.getByName("127.0.0.2");
    InetAddress three = InetAddress.getByName("127.0.0.3");
    Addresses addresses =
        new Addresses(
            host -> host.equals("one.test") ? List.of(one) : List.of(two, three, one),
            Duration.ofSeconds(4));
    addresses.lookup("one.test");
    assertEquals(0, addresses.connectMillis(one));
    assertEquals(List.of(two, three, one), addresses.lookup("three.test"));
    assertEquals(1_000, addresses.connectMillis(two));
    assertEquals(1_000, addresses.connectMillis(three));
    assertEquals(0, addresses.connectMillis(one));
  }

  @Test
  void addressesThatWorkedComeFirst() throws UnknownHostException {
    InetAddress one = InetAddress.getByName("127.0.0.1");
    InetAddress two = InetAddress.getByName("127.0.0.2");
    InetAddress three = InetAddress.getByName("127.0.0.3");
    Addresses addresses = new Addresses(host -> List.of(one, two, three), Policy.FOREVER);
    addresses.worked(three);
    addresses.didNotConnect(one);
    assertEquals(List.of(three, two, one), addresses.lookup("three.test"));
    assertEquals(2_000, addresses.connectMillis(three));
    addresses.wasSilent(three);
    assertEquals(List.of(two, three, one), addresses.lookup("three.test"));
  }

  private static String run(HttpClient client, int keys) {
    Pages pages = client.api(Pages.class);
    return String.join(
        ", ",
        client
            .pipeline(pages::page)
            .runInOrder(Flowable.range(1, keys))
            .map(o -> o.key() + (o instanceof Outcome.Success<?, ?> ? " ok" : " " + o))
            .test()
            .awaitDone(25, SECONDS)
            .values());
  }

  private static HttpClient client(
      RawServer server, int tries, Duration attempt, String... addresses) {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      try {
        all.add(InetAddress.getByName(address));
      } catch (UnknownHostException e) {
        throw new UncheckedIOException(e);
      }
    }
    return HttpClient.at(
        URI.create("http://several.test:" + port(server) + "/"),
        Policy.limit(1)
            .withAttemptTimeout(attempt)
            .withRetry(Retry.upTo(tries).withBackoff(Backoff.fixed(Duration.ofMillis(1)))),
        HttpOptions.standard().withOkHttp(builder -> builder.dns(host -> all)));
  }

  private static int port(RawServer server) {
    return server.base().getPort();
  }

  /** A listener whose queue is full, so that the kernel drops every further SYN. */
  static final class Silent implements AutoCloseable {
    private final ServerSocket listener;
    private final List<SocketChannel> held = new ArrayList<>();

    Silent(String address, int port) {
      assumeTrue(System.getProperty("os.name").equals("Linux"), "other kernels refuse instead");
      try {
        listener = new ServerSocket(port, 1, InetAddress.getByName(address));
        for (int i = 0; i < 8; i++) {
          SocketChannel channel = SocketChannel.open();
          held.add(channel);
          channel.configureBlocking(false);
          channel.connect(new InetSocketAddress(address, port));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        for (SocketChannel channel : held) {
          channel.close();
        }
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
