package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Name servers over HTTPS and TLS on the command line. */
@Timeout(60)
class EncryptedServerTest {
  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1:1/dns-query", "tls://127.0.0.1:1", "tls://[::1]:1"})
  void aServerThatIsNotThereIsNoAnswer(String server) {
    Run run = Run.of("probe", "-r", server, "--tries", "1", "await.dev");

    assertEquals(1, run.status(), run::err);
    assertTrue(run.out().startsWith("? await.dev: "), run::out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1",
        "tls://127.0.0.1/path",
        "tls://",
        "https://user@127.0.0.1/",
        "https://127.0.0.1/?dns=",
        "https://a b/"
      })
  void anAddressThatIsNoneIsRefused(String server) {
    Run run = Run.of("probe", "-r", server, "await.dev");

    assertEquals(2, run.status(), run::err);
    assertTrue(run.err().contains("' is no name server: allowed are https://"), run::err);
  }

  @Test
  void itIsTheOnlyServer() {
    assertEquals(2, Run.of("probe", "-r", "tls://127.0.0.1", "-r", "127.0.0.1", "a.dev").status());
    assertEquals(
        2, Run.of("probe", "-r", "tls://127.0.0.1", "--trusted", "127.0.0.1", "a.dev").status());
  }
}
