package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments of the probe. */
@Timeout(60)
class ProbeRefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-c 4 --embedded | give names, or -f FILE, or - for standard input",
        "a.dev -f x --embedded | give names, or -f FILE, or - for standard input",
        "-f no/such/file --embedded | 'no/such/file' is not a file that can be read",
        "-f . --embedded | '.' is not a file that can be read",
        "a.dev - --embedded | give names, or -f FILE, or - for standard input",
        "a.dev -c 0 --embedded | '0': allowed are 1 to 100000",
        "a.dev --tries none --embedded | 'none': allowed are 1 to 100",
        "a.dev --timeout 0 --embedded | '0' is not a timeout: allowed is anything longer than zero",
        "a.dev -t MX --embedded | 'MX' is not a list of types: allowed are A, AAAA, and A,AAAA",
        "a.dev -t A, --embedded | 'A,' is not a list of types",
        "a.dev --format xml --embedded | 'xml' is not a format: allowed are text, csv and ndjson",
        "a.dev --embedded -r example.invalid:53 | 'example.invalid:53' is not a resolver",
        "a.dev -r ,, | '' is not a resolver: allowed are addresses such as 192.0.2.1",
        "a.dev -r 127.0.0.1:99999 | '127.0.0.1:99999' is not a resolver",
        "a.dev -r 127.0.0.1 --embedded | --embedded and --resolver: allowed is one of them",
        "a.dev -o= --embedded | --output '': allowed is the path of a file",
        "a.dev -t x --embedded | probe: --types: 'x' is not a list of types",
        "a.dev --type PTR --embedded | 'PTR' is not a type of records: allowed are A, AAAA, CNAME,",
        "a.dev --type MX -t A --embedded | --type and --types: allowed is one of them",
        "a.dev --type MX --wildcards --embedded | --type and --wildcards: allowed is one of them",
        "a.dev --type MX --rdap | --rdap and --type: allowed is one of them",
        "a.dev --servers no/such/file | 'no/such/file' is not a file that can be read",
        "a.dev --servers /dev/null | '/dev/null' has no name server",
        "a.dev --servers /dev/null --embedded | --embedded and --servers: allowed is one of them",
        "a.dev --server-rate 5 --embedded | must be like 10/s, 600/min or 1/250ms",
        "a.dev --server-limit 0 --embedded | '0': allowed are 1 to 100000",
        "a.dev --trusted 127.0.0.1 --embedded | --trusted: allowed with --resolver or --servers",
        "a.dev --cookies -r tls://127.0.0.1 | --cookies: allowed with name servers over UDP",
        "a.dev --trusted x -r 127.0.0.1 | 'x' is not a resolver",
        "a.dev --bogus --embedded | Unknown option: '--bogus'",
      })
  void refusesWrongArgumentsAndSaysWhatIsAllowed(String arguments, String message) {
    Run run = Run.of(("probe " + arguments).split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertEquals("", run.out());
  }
}
