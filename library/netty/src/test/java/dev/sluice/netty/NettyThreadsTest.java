package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;

/** The threads of a transport. */
@Timeout(30)
class NettyThreadsTest {
  /** Has one page. */
  interface Pages {
    @GET("page")
    Maybe<ResponseBody> page();
  }

  private static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream();
  }

  /** All but these let the JVM end. */
  private static List<Thread> threadsThatKeepTheJvmUp() {
    return threads().filter(thread -> !thread.isDaemon()).toList();
  }

  @Test
  void aClosedClientDoesNotKeepTheJvmUp() throws IOException, InterruptedException {
    List<Thread> before = threadsThatKeepTheJvmUp();
    try (AnsweringServer server =
        new AnsweringServer((head, out) -> AnsweringServer.write(out, AnsweringServer.ok("x")))) {
      HttpClient client =
          HttpClient.at(
              server.base(),
              Policy.limit(1),
              HttpOptions.standard().withTransport(NettyTransport::open));
      client.api(Pages.class).page().test().awaitDone(10, SECONDS).assertComplete();
      List<Thread> loops =
          threads().filter(thread -> thread.getName().startsWith("sluice-netty")).toList();
      client.close();
      for (Thread loop : loops) {
        loop.join();
      }
      List<Thread> after = new ArrayList<>(threadsThatKeepTheJvmUp());
      after.removeAll(before);
      assertEquals(List.of(), after);
    }
  }
}
