package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signs a zone with the tools of ldns. */
record DnsSigner(Path keygen, Path signzone) {

  static Optional<DnsSigner> installed() {
    return InstalledPrograms.find("ldns-keygen")
        .flatMap(
            keygen ->
                InstalledPrograms.find("ldns-signzone")
                    .map(signzone -> new DnsSigner(keygen, signzone)));
  }

  /** The signed zone, beside the plain one. */
  Path sign(Path zone) throws IOException, InterruptedException {
    String key = run(zone, keygen.toString(), "-a", "ECDSAP256SHA256", DnsZone.ORIGIN).trim();
    run(zone, signzone.toString(), "-o", DnsZone.ORIGIN, zone.toString(), key);
    return zone.resolveSibling(zone.getFileName() + ".signed");
  }

  private static String run(Path zone, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(zone.resolveSibling("").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + ": " + output);
    }
    return output;
  }
}
