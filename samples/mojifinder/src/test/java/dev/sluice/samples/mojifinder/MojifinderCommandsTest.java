package dev.sluice.samples.mojifinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MojifinderCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mojifinder | no words to search for; usage: sluice mojifinder WORD...",
        "mojifinder --bogus | Unknown option: '--bogus'",
        "tcp-mojifinder --port 65536 | is not a port",
        "tcp-mojifinder --port telnet | is not a port",
        "tcp-mojifinder --host no.such.host.invalid | is not an address",
        "tcp-mojifinder --host 999.0.0.1 | is not an address",
        "tcp-mojifinder --idle-timeout 0 | allowed is anything longer than zero",
        "tcp-mojifinder --idle-timeout 2000h | allowed are 1ms to 24h",
        "tcp-mojifinder --idle-timeout PT99999999999999H | allowed are 1ms to 24h",
        "tcp-mojifinder cat | unexpected argument",
        "web-mojifinder --port -1 | is not a port",
        "web-mojifinder --host nowhere | is not an address",
      })
  void refuseWrongArgumentsInOneLine(String arguments, String why) {
    assertEquals(2, execute(arguments.split(" ", -1)));
    assertTrue(err.toString().contains(why), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp-mojifinder", "web-mojifinder"})
  void sayInOneLineThatThePortIsInUse(String command) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());
      assertEquals(1, execute(command, "--port", port));
      assertEquals(
          List.of("sluice " + command + ": port " + port + " on 127.0.0.1 is in use"),
          err.toString().lines().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mojifinder", "tcp-mojifinder", "web-mojifinder"})
  void printTheUnicodeVersion(String command) {
    assertEquals(0, execute(command, "--version"));
    assertEquals("Unicode 18.0.0", out.toString().strip());
  }

  /** Even if the locale has an ASCII charset. */
  @Test
  void printsLinesAndTheCountInUtf8() throws Exception {
    Process java = sluice("-Dfile.encoding=US-ASCII", "mojifinder", "Lamp");
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        "U+1F6CB\t🛋\tCOUCH AND LAMP\nU+1FA94\t🪔\tDIYA LAMP\n" + "─".repeat(66) + " 2 found\n",
        printed);
    assertEquals(0, java.waitFor());
  }

  @Test
  void stopsSilentlyWhenTheReaderClosesThePipe() throws Exception {
    Process java = sluice("mojifinder", "ideograph");
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      assertFalse(String.valueOf(printed.readLine()).isEmpty());
    }
    assertEquals(0, java.waitFor());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Process.destroy kills at once on Windows")
  void theTcpServerClosesItsClientsAtSigterm() throws Exception {
    Process java = sluice("tcp-mojifinder", "--port", "0");
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(printed.readLine());
      Matcher port =
          Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+) \\(Ctrl-C to stop\\)").matcher(line);
      assertTrue(port.matches(), line);
      try (RawClient client = RawClient.connect(Integer.parseInt(port.group(1)))) {
        assertEquals("", client.read());
        // SIGTERM, because a shell starts background jobs with SIGINT ignored.
        java.toHandle().destroy();
        assertEquals("", client.readAll());
      }
      String rest = printed.lines().collect(Collectors.joining("\n"));
      assertTrue(rest.contains(" connected, 1 in all"), rest);
      assertTrue(rest.endsWith(" left after 0 queries, 0 in all"), rest);
      assertEquals(128 + 15, java.waitFor());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Process.destroy kills at once on Windows")
  void theWebServerStopsSilentlyAtSigterm() throws Exception {
    Process java = sluice("web-mojifinder", "--port", "0");
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(printed.readLine());
      assertTrue(
          line.matches("Listening on http://127\\.0\\.0\\.1:\\d+/ \\(Ctrl-C to stop\\)"), line);
      java.toHandle().destroy();
      assertEquals("", printed.lines().collect(Collectors.joining("\n")));
      assertEquals(128 + 15, java.waitFor());
    }
  }

  /** Loading them would slow down the start of every command. */
  @Test
  void otherCommandsDoNotLoadVertxOrNetty() throws Exception {
    Process java = sluice("-Xlog:class+load", "flags", "--help");
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor());
    assertFalse(printed.contains("io.vertx."), "loads Vert.x");
    assertFalse(printed.contains("io.netty."), "loads Netty");
  }

  private static Process sluice(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(arguments));
    int main = arguments[0].startsWith("-") ? 1 : 0;
    line.add(main, Main.class.getName());
    return JavaProcess.start(line.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
