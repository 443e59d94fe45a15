package dev.sluice.samples.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --shared-limits} refuses. */
@Timeout(60)
class SharedLimitsOptionTest {
  private static void assertRefused(Run run, String words) {
    assertEquals(2, run.status(), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().contains(words), run::err);
    assertFalse(run.err().contains("s3cret"), run::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "postgresql://me:s3cret@127.0.0.1/x",
        "jdbc:postgresql://me:s3cret@127.0.0.1:99999/x",
        "jdbc:postgresql://me:s3cret@127.0.0.1/",
        "jdbc:postgresql:",
        "jdbc:h2:file:./limits",
        "jdbc:mysql://me:s3cret@127.0.0.1/x"
      })
  void refusesWhatIsNoPostgresql(String url) {
    Run run = Run.of("fetch", "--rate", "10/s", "--shared-limits", url, "http://127.0.0.1:1/a");
    assertRefused(run, "allowed are jdbc:postgresql://USER:PASSWORD@HOST/DATABASE");
  }

  @Test
  void saysThatTheServerIsNotThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://me:s3cret@127.0.0.1:" + port + "/x";
    Run run = Run.of("fetch", "--rate", "10/s", "--shared-limits", url, "http://127.0.0.1:1/a");
    assertRefused(
        run,
        "--shared-limits: jdbc:postgresql://127.0.0.1:%d/x: connection refused by 127.0.0.1:%d"
            .formatted(port, port));
  }

  @Test
  void needsARate() {
    String url = "jdbc:postgresql://me:s3cret@127.0.0.1/x";
    assertRefused(
        Run.of("fetch", "--shared-limits", url, "http://127.0.0.1:1/a"),
        "--shared-limits: allowed with --rate");
  }

  @Test
  void needsHosts() {
    String url = "jdbc:postgresql://me:s3cret@127.0.0.1/x";
    assertRefused(
        Run.of("probe", "--rate", "10/s", "--shared-limits", url, "a.dev"),
        "--shared-limits: allowed with --rdap");
  }
}
