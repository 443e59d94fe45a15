package dev.sluice.samples.hello;

import dev.sluice.dns.DomainName;
import dev.sluice.zonefile.ZoneFilter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Leaves out the names that are in a zone, before a server is asked. */
public final class ScreenNames {
  public static void main(String... args) throws IOException {
    Path zoneFile = Path.of("dev.txt");
    Files.writeString(zoneFile, "dev. SOA ns.dev. a.dev. 1 2 3 4 5\nawait.dev. NS ns.dev.\n");
    ZoneFilter zone = ZoneFilter.write(zoneFile, Path.of("dev.filter"));
    Flowable.just("await.dev", "async.dev")
        .map(DomainName::of)
        .filter(name -> !zone.mayContain(name))
        .blockingForEach(System.out::println);
  }
}
