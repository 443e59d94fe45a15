package dev.sluice.samples.servers.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DnsServerCommandTest {
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile(
          "Serving (\\d+) names at 127\\.0\\.0\\.1:(\\d+) \\(UDP and TCP\\) \\(Ctrl-C to stop\\)");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--port 99999 | '99999' is not a port: allowed are 0 (any that is free) to 65535",
        "--port dns | 'dns' is not a port",
        "--loss 2 | '2' is not a probability: allowed are 0 (never) to 1 (always)",
        "--loss NaN | 'NaN' is not a probability",
        "--truncate some | 'some' is not a probability",
        "--rcode OOPS | 'OOPS' is not an RCODE: allowed are NOERROR, FORMERR, SERVFAIL",
        "--rcode SERVFAIL:7 | '7' is not a probability",
        "--delay 5..1 | allowed is MIN..MAX",
        "--delay soon | allowed are seconds (3.1)",
        "--bind example.invalid | 'example.invalid' is not an address: allowed are those of",
        "--zone no/such/file | no/such/file: allowed is a file that can be read",
        "--names no/such/file | no/such/file: allowed is a file that can be read",
        "--zone a --names b | are mutually exclusive",
        "--seed x | 'x' is not a long",
        "--bogus | Unknown option: '--bogus'",
      })
  void refusesWhatMakesNoSenseInOneLine(String arguments, String why) {
    assertEquals(2, execute(("dns-server " + arguments).split(" ")));
    assertTrue(err.toString().contains(why), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for.dev A 1.2.3 | line 1: '1.2.3' is not an IPv4 address",
        "for.dev A example.dev | line 1: 'example.dev' is not an IPv4 address",
        "for.dev AAAA 1.2.3.4 | line 1: '1.2.3.4' is not an IPv6 address",
        "for.dev AAAA :::1 | line 1: ':::1' is not an IPv6 address",
        "for.dev MX 10 mail | line 1: 'MX' is not a type: allowed are [A, NS, CNAME, SOA, TXT",
        "for.dev A | line 1: A with 0 words of data: needed are 1",
        "for.dev 99999999999999 A 1.2.3.4 | line 1: '99999999999999' is not a time to live",
        "a..b A 1.2.3.4 | line 1: 'a..b.' is not a name",
        "$INCLUDE x | line 1: $INCLUDE: allowed are $ORIGIN and $TTL",
        "@ SOA a b ( 1 2 | line 2: a '(' without its ')'",
        "a TXT \"open | line 1: a '\"' without the one that closes it",
        "a CNAME b\\na CNAME c | line 2: a second CNAME of the same name: allowed is one",
      })
  void saysWhichLineOfAZoneMakesNoSense(String zone, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("zone"), zone.replace("\\n", "\n"));
    assertEquals(2, execute("dns-server", "--zone", file.toString()));
    assertTrue(err.toString().contains(why), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--zone", "--names"})
  void refusesAFileThatIsNoText(String option) throws IOException {
    Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, '\n'});
    assertEquals(2, execute("dns-server", option, file.toString()));
    assertTrue(err.toString().contains("not text in UTF-8"), err::toString);
  }

  @Test
  void saysWhichLineIsNoName() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "# names\nfor.dev\n\nb d\n");
    assertEquals(2, execute("dns-server", "--names", file.toString()));
    assertTrue(err.toString().contains("line 4: 'b d' is not a name"), err::toString);
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws IOException {
    try (DnsServer other = DnsServer.start(DnsServerSettings.onLoopback(BlogNames.zones()))) {
      int port = other.address().getPort();
      assertEquals(1, execute("dns-server", "--port", String.valueOf(port)));
      String expected = "sluice dns-server: cannot listen on 127.0.0.1 port " + port + ": ";
      assertTrue(err.toString().startsWith(expected), err::toString);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void servesUntilItIsAskedToEnd() throws Exception {
    Path names = Files.writeString(folder.resolve("names"), "for.dev\nin.dev\n");
    Process java =
        JavaProcess.start(
            Main.class.getName(), "dns-server", "--port", "0", "--names", names.toString());
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(printed.readLine());
      Matcher announcement = ANNOUNCEMENT.matcher(line);
      assertTrue(announcement.matches(), line);
      assertEquals("4", announcement.group(1));
      InetSocketAddress server =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), Integer.parseInt(announcement.group(2)));
      byte[] question = DnsPackets.bytes("0001 0000 0001 0000 0000 0000 02'in'03'dev'00 0001 0001");
      assertEquals(40, DnsPackets.overUdp(server, question).length);
      java.toHandle().destroy();
      assertEquals("", printed.lines().collect(Collectors.joining("\n")));
      assertTrue(java.waitFor(20, SECONDS));
      assertEquals(128 + 15, java.exitValue());
    }
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
