package dev.sluice.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of the UDP resolver. */
class DnsOptionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       127.0.0.1:53",
    "127.0.0.1:5353,  127.0.0.1:5353",
    "::1,             [0:0:0:0:0:0:0:1]:53",
    "[::1],           [0:0:0:0:0:0:0:1]:53",
    "[::1]:5353,      [0:0:0:0:0:0:0:1]:5353",
  })
  void serversAreParsedFromText(String text, String read) {
    assertEquals(List.of(read), texts(DnsOptions.parseServers(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":53", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "[::1]x", "[]"})
  void aTextThatIsNoServerIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> DnsOptions.parseServers(text));
  }

  /** The JDK takes 53 for 0.0.0.53, and 8.8.8 for 8.8.0.8. */
  @ParameterizedTest
  @ValueSource(
      strings = {"53", "8.8.8", "2130706433", "[8.8]:53", "8.8.8:53", "1.2.3.4.5", "1.2.3.256"})
  void anIncompleteAddressIsRefused(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> DnsOptions.parseServers(text));
    assertTrue(String.valueOf(refusal.getMessage()).contains("no address of a server"), text);
  }

  @Test
  void aVeryLongTimeoutIsForever() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    assertEquals(Policy.FOREVER, DnsOptions.standard().withTimeout(longest).timeout());
  }

  @Test
  void unusableLinesOfResolvConfAreSkipped() throws IOException {
    Path file = folder.resolve("resolv.conf");
    Files.writeString(
        file,
        """
        # nameserver 192.0.2.9
        search dev
        nameserver 192.0.2.1
        \tnameserver\t2001:db8::1 # comment
        nameserver fe80::1%nowhere9
        nameserver 300.1.1.1
        nameserver example
        nameserver
        """);
    assertEquals(
        List.of("192.0.2.1:53", "[2001:db8:0:0:0:0:0:1]:53"), texts(ServerAddress.of(file)));
  }

  @Test
  void withoutResolvConfTheLocalHostIsAsked() {
    assertEquals(List.of("127.0.0.1:53"), texts(ServerAddress.of(folder.resolve("none"))));
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    DnsOptions options = DnsOptions.standard();
    assertThrows(IllegalArgumentException.class, () -> options.withServers(List.of()));
    assertThrows(IllegalArgumentException.class, () -> options.withTries(0));
    assertThrows(IllegalArgumentException.class, () -> options.withTimeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> options.withTypes(List.of()));
  }

  private static List<String> texts(List<InetSocketAddress> servers) {
    return servers.stream().map(ServerAddress::text).toList();
  }
}
