package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FlagServerCommandTest {
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile(
          "Serving 257 flags at (http://127\\.0\\.0\\.1:\\d+/flags)(.*) \\(Ctrl-C to stop\\)");

  private static final Pattern LOGGED =
      Pattern.compile("GET /flags/br/br\\.gif: (.+) after ([\\d.]+) s");

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--error-rate 2 | allowed are 0 (none) to 1 (every request)",
        "--error-rate -0.1 | allowed are 0 (none) to 1 (every request)",
        "--error-rate NaN | allowed are 0 (none) to 1 (every request)",
        "--error-rate 0.5f | '0.5f' is not an error rate: allowed are 0 (none)",
        "--labels --port 9000 | --labels and --port: allowed is one of them",
        "--labels -v --delay 1s | --labels and --delay: allowed is one of them",
        "--labels --error-rate 0 | --labels and --error-rate: allowed is one of them",
        "--labels --host ::1 | --labels and --bind: allowed is one of them",
        "--error-rate half | allowed are 0 (none) to 1 (every request)",
        "--delay 5..1 | '5..1': a delay out of range: allowed is MIN..MAX",
        "--delay soon | allowed are seconds (3.1)",
        "--delay -1 | allowed are seconds (3.1)",
        "--port 99999 | allowed are 0 (any that is free) to 65535",
        "--port -1 | allowed are 0 (any that is free) to 65535",
        "--port http | allowed are 0 (any that is free) to 65535",
        "--port | --port needs a value: ",
        "--bind no.such.host.invalid | allowed are those of this machine",
        "--refuse 418 | allowed are 429 and 503",
        "--refuse 429:2 | is not a probability: allowed are 0 (never) to 1 (always)",
        "--retry-after soon | allowed are seconds (3.1)",
        "--retry-after-form some | allowed are seconds, date, rfc850, asctime and none",
        "--quota 10 | must be like 10/s, 600/min or 1/250ms",
        "--quota-fields x | --quota-fields: allowed with --quota",
        "--quota 1/s --quota-fields y | allowed are ratelimit, dictionary, separate, x and none",
        "--capacity -1 | allowed are 0 and more",
        "--every 1s | --every: allowed with several numbers of --capacity",
        "--capacity 9 --every 1s | --every: allowed with several numbers of --capacity",
        "--retry-after 1s | --retry-after: allowed with --refuse or --capacity",
        "--retry-after 1s --quota 1/s | --retry-after: allowed with --refuse or --capacity",
        "--retry-after-form date | --retry-after-form: allowed with --refuse, --capacity or --quota",
        "--seed 1 | --seed: allowed with --delay, --error-rate, --refuse, --reset or --retry-after",
        "--seed 1 --quota 1/s | --seed: allowed with --delay, --error-rate, --refuse, --reset or",
        "--outage 0 | allowed is anything longer than zero",
        "--after 1s | --after: allowed with --outage",
        "--reset 1.5 | is not a probability: allowed are 0 (never) to 1 (always)",
        "--seed many | is not a seed: allowed are -9223372036854775808 to 9223372036854775807",
        "--labels --reset 1 | --labels and --reset: allowed is one of them",
        "--outage 25h | '25h': allowed are 1ms to 24h",
        "--outage 1s --after PT99999999999999H | allowed are 1ms to 24h",
        "--capacity 1 --every 999999999h | allowed are 1ms to 24h",
        "--quota 1/999999999h | '1/999999999h': allowed are 1ms to 24h",
        "--refuse 429 --retry-after 1000000h | '1000000h': allowed are 0 to 999999h",
        "--seed x | 'x' is not a seed: allowed are -9223372036854775808 to",
        "--bogus | Unknown option: '--bogus'",
        "br | unexpected argument 'br'"
      })
  void refusesInvalidOptionsInOneLine(String arguments, String why) {
    assertEquals(2, execute(("flag-server " + arguments).split(" ", -1)));
    assertTrue(err.toString().startsWith("sluice flag-server: "), err::toString);
    assertTrue(err.toString().contains(why), err::toString);
    assertTrue(err.toString().contains("(see 'sluice flag-server --help')"), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void saysInOneLineThatThePortIsInUse() throws IOException {
    try (FlagServer other = FlagServer.start(HttpServerSettings.onLoopback())) {
      int port = other.uri().getPort();
      assertEquals(1, execute("flag-server", "--port", String.valueOf(port)));
      String expected = "sluice flag-server: port " + port + " on 127.0.0.1 is in use";
      assertTrue(err.toString().startsWith(expected), err::toString);
      assertEquals(1, err.toString().lines().count(), err::toString);
    }
  }

  @Test
  void saysInOneLineWhichPortsTheLabelsNeed() throws IOException {
    try (Closeable other = occupied(8000)) {
      assertNotNull(other);
      assertEquals(1, execute("flag-server", "--labels", "-v"));
      String expected =
          "sluice flag-server: port 8000 on 127.0.0.1 is in use: --labels needs the ports 8000,"
              + " 8001 and 8002, so stop the program that listens there";
      assertEquals(List.of(expected), err.toString().lines().toList());
    }
  }

  /** Listens on this port, unless another program does already. */
  private static Closeable occupied(int port) throws IOException {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (BindException e) {
      return () -> {};
    }
  }

  @Test
  void saysInOneLineThatTheAddressBelongsToAnotherMachine() {
    assertEquals(1, execute("flag-server", "--port", "0", "--bind", "192.0.2.1"));
    assertTrue(
        err.toString().contains("192.0.2.1 is not an address of this machine"), err::toString);
  }

  @Test
  void listsItsOptionsInTheHelp() {
    assertEquals(0, execute("flag-server", "--help"));
    for (String option :
        new String[] {"--port=N", "--delay=MIN..MAX", "--error-rate=P", "--bind"}) {
      assertTrue(out.toString().contains(option), out::toString);
    }
  }

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    Running command = new Running("--port", "0");
    Matcher announcement = command.announcement();
    assertEquals("", announcement.group(2));
    try (RawHttpClient client = RawHttpClient.of(URI.create(announcement.group(1)))) {
      assertEquals(
          200, client.send(RawHttpClient.request("GET", "/flags/br/br.gif")).read().status());
    }
    assertEquals(130, command.interrupt());
    assertEquals("", err.toString());
  }

  @Test
  void printsALineForEachRequestWithItsDelay() throws Exception {
    Running command = new Running("--port=0", "--delay=20ms", "-v");
    try (RawHttpClient client = RawHttpClient.of(URI.create(command.announcement().group(1)))) {
      client.send(RawHttpClient.request("GET", "/flags/br/br.gif")).read();
      client.send(RawHttpClient.request("GET", "/flags/zz/zz.gif")).read();
    }
    assertEquals("GET /flags/br/br.gif: 200 OK after 0.02 s", command.printed.readLine());
    assertEquals("GET /flags/zz/zz.gif: 404 Not Found after 0.02 s", command.printed.readLine());
    command.interrupt();
  }

  @Test
  void listsTheFlagsAtAnAddressOfEitherFamily() throws Exception {
    Running command = new Running("--port=0");
    int port = URI.create(command.announcement().group(1)).getPort();
    for (String host : new String[] {"127.0.0.1", "[::1]"}) {
      try (RawHttpClient client = RawHttpClient.of(URI.create("http://" + host + ":" + port))) {
        String page = client.send(RawHttpClient.request("GET", "/flags/")).read().body();
        assertTrue(page.contains("<a href=\"br/br.gif\">br</a>"), page);
      }
    }
    command.interrupt();
  }

  @Test
  void servesTheThreeLabelsAtTheirPorts() throws Exception {
    for (int port = 8000; port <= 8002; port++) {
      assumeTrue(isFree(port), "port " + port + " is in use");
    }
    Running command = new Running("--labels", "-v");
    assertEquals(
        "Serving 257 flags at http://127.0.0.1:8000/flags as LOCAL", command.printed.readLine());
    assertEquals(
        "Serving 257 flags at http://127.0.0.1:8001/flags as DELAY", command.printed.readLine());
    assertEquals(
        "Serving 257 flags as ERROR at http://127.0.0.1:8002/flags (Ctrl-C to stop)",
        command.printed.readLine());
    assertEquals("GET /flags/br/br.gif: 200 OK after 0.00 s", command.logged(8000));
    Matcher delayed = LOGGED.matcher(command.logged(8001));
    assertTrue(delayed.matches() && delayed.group(1).equals("200 OK"), delayed::toString);
    assertTrue(Double.parseDouble(delayed.group(2)) >= 0.5, delayed::toString);
    Set<String> statuses = new TreeSet<>();
    while (statuses.size() < 2) {
      Matcher line = LOGGED.matcher(command.logged(8002));
      assertTrue(line.matches(), line::toString);
      statuses.add(line.group(1));
    }
    assertEquals(Set.of("200 OK", "418 I'm a teapot"), statuses);
    assertEquals(130, command.interrupt());
  }

  @Test
  void warnsThatOtherMachinesCanConnect() throws Exception {
    Running command = new Running("--port", "0", "--bind", "0.0.0.0");
    assertEquals(", and to other machines", command.announcement().group(2));
    command.interrupt();
  }

  @Test
  void appliesItsOptions() throws Exception {
    Running command = new Running("--port=0", "--delay=1ms..2ms", "--error-rate=1");
    try (RawHttpClient client = RawHttpClient.of(URI.create(command.announcement().group(1)))) {
      assertEquals(
          418, client.send(RawHttpClient.request("GET", "/flags/br/br.gif")).read().status());
    }
    command.interrupt();
  }

  @Test
  void appliesTheOptionsOfItsFaults() throws Exception {
    Running command =
        new Running(
            "--port=0",
            "--quota=2/1h",
            "--quota-fields=separate",
            "--refuse=503",
            "--retry-after=7s",
            "--retry-after-form=none,seconds",
            "--capacity=1000,500",
            "--every=1m",
            "--outage=1s",
            "--after=1h",
            "--seed=1");
    URI uri = URI.create(command.announcement().group(1));
    RawHttpClient.Answer first = RawHttpClient.get(uri, "/flags/br/br.gif");
    assertEquals(503, first.status());
    assertEquals("1", first.field("RateLimit-Remaining"));
    assertEquals(503, RawHttpClient.get(uri, "/flags/br/br.gif").status());
    assertEquals(429, RawHttpClient.get(uri, "/flags/br/br.gif").status());
    String statistics = RawHttpClient.get(uri, "/stats").body();
    assertTrue(
        statistics.startsWith("{\"requests\":3,\"statuses\":{\"429\":1,\"503\":2},"), statistics);
    command.interrupt();
  }

  @Test
  void theSeedChoosesTheFaults() throws Exception {
    assertEquals(statusesWithSeed(5), statusesWithSeed(5));
    assertNotEquals(statusesWithSeed(5), statusesWithSeed(6));
  }

  private List<Integer> statusesWithSeed(int seed) throws Exception {
    Running command = new Running("--port=0", "--refuse=503:0.5", "--seed=" + seed);
    URI uri = URI.create(command.announcement().group(1));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(RawHttpClient.get(uri, "/flags/br/br.gif").status());
    }
    command.interrupt();
    return statuses;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private int execute(String... arguments) {
    return command(new PrintWriter(out)).execute(arguments);
  }

  private CommandLine command(PrintWriter toOut) {
    return Main.commandLine().setOut(toOut).setErr(new PrintWriter(err, true));
  }

  /** The command on a thread of its own; tests read what it prints. */
  private final class Running {
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final BufferedReader printed;
    private final Thread thread;

    Running(String... options) throws IOException {
      PipedReader reader = new PipedReader();
      printed = new BufferedReader(reader);
      CommandLine command = command(new PrintWriter(new PipedWriter(reader)));
      String[] arguments = new String[options.length + 1];
      arguments[0] = "flag-server";
      System.arraycopy(options, 0, arguments, 1, options.length);
      thread = new Thread(() -> status.complete(command.execute(arguments)));
      thread.start();
    }

    Matcher announcement() throws IOException {
      String line = String.valueOf(printed.readLine());
      Matcher matcher = ANNOUNCEMENT.matcher(line);
      assertTrue(matcher.matches(), line);
      return matcher;
    }

    /** The line that the server prints when a request arrives, before its delay. */
    String logged(int port) throws IOException {
      try (RawHttpClient client = RawHttpClient.of(URI.create("http://127.0.0.1:" + port))) {
        client.send(RawHttpClient.request("GET", "/flags/br/br.gif"));
        return String.valueOf(printed.readLine());
      }
    }

    int interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return status.join();
    }
  }
}
