package dev.sluice.samples.servers.registries;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.LocalAddress;
import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the registries until Ctrl-C. */
@Command(
    name = "registry-server",
    description = {
      "Serves registries on loopback, to try 'check' without a network: a resolver, the name"
          + " servers of top-level domains, the list of registries, and RDAP.",
      "The name says what is true of it: registered1.test, undelegated1.test, reserved1.test,"
          + " redemption1.test, expiring1.test; any other one is free. Other top-level domains than"
          + " test have faults: strayed, moved, garbled, paged, busy, failing, down, unlisted, lame,"
          + " silent, filtered, wild."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class RegistryServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8005",
      converter = Port.class,
      description = "The port of RDAP; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--dns-port",
      paramLabel = "N",
      defaultValue = "5301",
      converter = Port.class,
      description = "The port of the name servers; 0 takes any. Default: ${DEFAULT-VALUE}.")
  private int dnsPort;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (RegistryServer server = RegistryServer.start(dnsPort, port)) {
      out.println(
          "Serving registries (Ctrl-C to stop); try: sluice check -s 127.0.0.1:"
              + server.dnsPort()
              + " --parent-port "
              + server.dnsPort()
              + " --rdap "
              + server.list()
              + " registered1.test free1.test");
      out.flush();
      server.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CtrlC.EXIT_STATUS;
    }
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(LocalAddress::parsePort);
    }
  }
}
