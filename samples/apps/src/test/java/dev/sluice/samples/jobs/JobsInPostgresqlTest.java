package dev.sluice.samples.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.ledger.PostgresqlServer;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same jobs in PostgreSQL, where it is installed. */
@Timeout(120)
class JobsInPostgresqlTest {
  @TempDir Path work;

  @Test
  void aJobIsAddedRunAndShown() throws IOException, InterruptedException {
    Optional<Path> bin = PostgresqlServer.installed();
    if (bin.isEmpty()) {
      System.out.println("skipped: jobs in PostgreSQL, as none is in /usr/lib/postgresql");
    }
    assumeTrue(bin.isPresent(), "PostgreSQL is not installed");
    Path list = Files.writeString(work.resolve("list.txt"), "for.dev\nzzz.dev\n");
    try (PostgresqlServer server = PostgresqlServer.start(bin.get())) {
      String url = server.emptyJdbcDatabase();
      Run added =
          Run.of(
              "jobs",
              "add",
              "--db",
              url,
              "probe",
              list.toString(),
              "-o",
              work.toString(),
              "--",
              "--embedded");
      assertEquals(0, added.status(), added::err);
      Run worked = Run.of("jobs", "work", "--db", url, "--once");
      assertEquals(0, worked.status(), worked::err);
      String status = Run.of("jobs", "status", "--db", url).out();
      assertTrue(status.matches("(?s).*" + added.out().strip() + " +done +2 +0 .*"), status);
    }
  }
}
