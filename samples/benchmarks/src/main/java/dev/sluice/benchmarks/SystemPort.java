package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a program that uses the resolver of the operating system with another {@code resolv.conf},
 * in a mount namespace of its own.
 */
record SystemPort(Path resolvConf) {
  private static final String BIND = "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";

  static SystemPort create(ScratchFolder scratch) throws IOException {
    // No search list: names that do not exist would be queried again under the domain of the host.
    String text =
        "nameserver %s\nsearch .\noptions timeout:5 attempts:3\n"
            .formatted(Nsd.SYSTEM_PORT.getHostString());
    return new SystemPort(Files.writeString(scratch.file("resolv.conf"), text));
  }

  /** Why this machine cannot do it, if so. */
  Optional<String> obstacle() throws IOException, InterruptedException {
    if (!DnsPing.hasZone(Nsd.SYSTEM_PORT, DnsZone.ORIGIN)) {
      return Optional.of("no server can be had at " + Nsd.SYSTEM_PORT);
    }
    if (InstalledPrograms.find("unshare").isEmpty()) {
      return Optional.of("unshare is not installed");
    }
    Process trial =
        new ProcessBuilder(wrap(List.of("true")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return trial.waitFor() == 0
        ? Optional.empty()
        : Optional.of("a mount namespace is not permitted");
  }

  List<String> wrap(List<String> command) {
    List<String> line = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", BIND));
    line.add(resolvConf.toString());
    line.addAll(command);
    return line;
  }
}
