package dev.sluice.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.http.GET;

/** A process that may not open one more file fails its calls, and goes on when it may. */
@Timeout(60)
class NoDescriptorsTest {
  private static final int MOST_FILES = 200;
  private static final String RESPONSE = "a response";

  /** Has one page. */
  interface Pages {
    @GET("page")
    Maybe<ResponseBody> page();
  }

  /** Calls a server, with and without a descriptor to spare. Arguments: its URL. */
  static final class Calls {
    private Calls() {}

    public static void main(String[] arguments) throws IOException {
      try (HttpClient nowhere = client("http://127.0.0.1:1/");
          HttpClient client = client(arguments[0])) {
        // Loads the classes of a failure: without a descriptor no class file can be opened.
        String unused = call(nowhere);
        System.out.println(call(client));
        Deque<FileInputStream> opened = new ArrayDeque<>();
        String result = "";
        do {
          // Anew: the connection of the call before may have been closed after the last one.
          fill(opened);
          result = call(client);
        } while (result.equals(RESPONSE));
        System.out.println(result);
        for (FileInputStream each : opened) {
          each.close();
        }
        System.out.println(call(client));
      }
    }

    private static HttpClient client(String base) {
      return HttpClient.at(
          URI.create(base),
          Policy.limit(1),
          HttpOptions.standard().withTransport(NettyTransport::open));
    }

    private static void fill(Deque<FileInputStream> opened) {
      try {
        while (opened.size() < MOST_FILES) {
          opened.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        return; // No more can be opened.
      }
    }

    private static String call(HttpClient client) {
      return client
          .api(Pages.class)
          .page()
          .map(page -> RESPONSE)
          .onErrorReturn(e -> e.toString().replaceAll("http://\\S*", "URL"))
          .blockingGet();
    }
  }

  /** Each call needs a connection of its own. */
  private static void answer(String head, OutputStream out) throws IOException {
    AnsweringServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  @Test
  void aCallWithoutADescriptorFailsAndTheNextOneDoesNot(@TempDir Path folder) throws Exception {
    try (AnsweringServer server = new AnsweringServer(NoDescriptorsTest::answer)) {
      String printed =
          Child.run(folder, "-n " + MOST_FILES, List.of(), Calls.class, server.base().toString());

      assertEquals(
          """
          a response
          dev.sluice.http.CallException: GET URL Too many open files
          a response
          """,
          printed);
    }
  }
}
