package dev.sluice.samples.cluster;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A name server in a process of its own, which has every second one of the generated names. It ends
 * with its standard input.
 *
 * @param hostAndPort its address
 */
record ServerProcess(Process process, String hostAndPort) implements AutoCloseable {

  static ServerProcess start(int names) throws IOException {
    Process process =
        Jvm.likeThisOne()
            .process(ServerProcess.class, List.of(), List.of(String.valueOf(names)))
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String address = output.readLine();
    if (address == null) {
      throw new IOException("the name server does not start");
    }
    return new ServerProcess(process, address);
  }

  public static void main(String... args) throws IOException {
    Zones zones = Zones.ofNames(GeneratedNames.existing(Integer.parseInt(args[0])));
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(zones))) {
      System.out.println(server.hostAndPort());
      int end = System.in.read();
      assert end < 0 : "nothing is sent";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
