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
import org.junit.jupiter.api.condition.EnabledOnOs;
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
        "--loss 0x1p-1 | '0x1p-1' is not a probability",
        "--zone no/such/file | 'no/such/file' is not a file that can be read",
        "--names no/such/file | 'no/such/file' is not a file that can be read",
        "--names . | '.' is not a file that can be read",
        "--zone a --names b | dns-server: --zone=FILE, --names=FILE are mutually exclusive",
        "--seed x | 'x' is not a seed: allowed are -9223372036854775808 to 9223372036854775807",
        "--bogus | Unknown option: '--bogus'",
      })
  void refusesInvalidOptionsInOneLine(String arguments, String why) {
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
        "for.dev A 1.2.3 | line 1: Invalid address: 1.2.3",
        "for.dev A example.dev | line 1: Invalid address: example.dev",
        "for.dev AAAA 1.2.3.4 | line 1: Invalid address: 1.2.3.4",
        "for.dev AAAA :::1 | line 1: Invalid address: :::1",
        "for.dev FOO 10 mail | line 1: Invalid type 'FOO'",
        "for.dev A | line 1: expected an address",
        "\\n\\nfor.dev 99999999999999 A 1.2.3.4 | line 3: Invalid type '99999999999999'",
        "a..b A 1.2.3.4 | line 1: 'a..b': invalid empty label",
        "$INCLUDE x | line 1: $INCLUDE encountered, but processing disabled",
        "@ SOA a b ( 1 2 | line 1: expected a TTL-like value",
        "a TXT \"open | line 1: EOF in quoted string",
        "for.dev CH A 1.2.3.4 | the class of for.dev. is CH: allowed is IN",
        "a CNAME b\\na CNAME c | a second CNAME of a.: allowed is one",
      })
  void saysWhichLineOfAZoneIsInvalid(String zone, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("zone"), zone.replace("\\n", "\n"));
    assertEquals(2, execute("dns-server", "--zone", file.toString()));
    assertTrue(err.toString().contains(why), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--zone", "--names"})
  void refusesAFileThatIsNotText(String option) throws IOException {
    Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, '\n'});
    assertEquals(2, execute("dns-server", option, file.toString()));
    assertTrue(err.toString().contains("'" + file + "' is not text in UTF-8"), err::toString);
  }

  /** What some editors write at the start of a file is not part of its first line. */
  @ParameterizedTest
  @CsvSource({"--zone, ; a list", "--names, # a list"})
  void passesOverAByteOrderMark(String option, String comment) throws IOException {
    String wrong = "\uFEFF" + comment + "\r\nb d\r\n";
    Path file = Files.writeString(folder.resolve("list"), wrong);
    assertEquals(2, execute("dns-server", option, file.toString()));
    assertTrue(err.toString().contains("list line 2: "), err::toString);
  }

  @Test
  void saysWhichLineIsNotAName() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "# names\nfor.dev\n\nb d\n");
    assertEquals(2, execute("dns-server", "--names", file.toString()));
    assertTrue(err.toString().contains("line 4: 'b d' is not a name"), err::toString);
  }

  @Test
  void saysInOneLineThatThePortIsInUse() throws IOException {
    try (DnsServer other = DnsServer.start(DnsServerSettings.onLoopback(BlogNames.zones()))) {
      int port = other.address().getPort();
      assertEquals(1, execute("dns-server", "--port", String.valueOf(port)));
      String expected = "sluice dns-server: port " + port + " on 127.0.0.1 is in use";
      assertTrue(err.toString().startsWith(expected), err::toString);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void servesUntilSigterm() throws Exception {
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

  /** And no stack trace. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/zero is a device of Linux")
  void saysInOneLineThatTheMemoryIsFull() throws Exception {
    Process java =
        JavaProcess.start("-Xmx32m", Main.class.getName(), "dns-server", "--names", "/dev/zero");
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      assertEquals(
          "sluice: out of memory or of threads: java heap space",
          printed.lines().collect(Collectors.joining("\n")));
      assertTrue(java.waitFor(20, SECONDS));
      assertEquals(1, java.exitValue());
    }
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
