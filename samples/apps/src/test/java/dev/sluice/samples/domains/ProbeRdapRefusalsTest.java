package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of name servers cannot be combined with those of registries. */
@Timeout(60)
class ProbeRdapRefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--rdap -r 127.0.0.1 | --rdap and --resolver: allowed is one of them",
        "--rdap --embedded | --rdap and --embedded: allowed is one of them",
        "--rdap -t A | --rdap and --types: allowed is one of them",
        "--rdap --cookies | --rdap and --cookies: allowed is one of them",
        "--rdap --wildcards | --rdap and --wildcards: allowed is one of them",
        "--embedded --bootstrap http://127.0.0.1/dns.json | --bootstrap: allowed with --rdap",
        "--rdap -c 1001 | --concurrency with --rdap: allowed are 1 to 1000",
        "--rdap --bootstrap no/such/file | 'no/such/file' is not a list of registries: allowed are",
        "--rdap --bootstrap . | '.' is not a list of registries",
        "--rdap --bootstrap ftp://127.0.0.1/ | 'ftp://127.0.0.1/' is not a list of registries",
        "--rdap --bootstrap http:// | 'http://' is not a list of registries",
        "--rdap --bootstrap http://127.0.0.1/?a=b | is not a list of registries",
        "--rdap --bootstrap http://127.0.0.1:99999/ | is not a list of registries",
      })
  void refusesWrongArgumentsAndSaysWhatIsAllowed(String arguments, String message) {
    // The list of registries is no server, so an accepted option sends no query anywhere.
    Run run = Run.of(("probe not_a_name- " + arguments).split(" "));
    assertEquals(2, run.status(), run::out);
    assertTrue(run.err().contains(message), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }
}
