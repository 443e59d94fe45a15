package dev.sluice.samples.servers.dns;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.servers.http.DelayRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The name server on its own, until Ctrl-C. */
@Command(
    name = "dns-server",
    description = {
      "Answers questions about names over UDP and TCP, to try resolvers without a network.",
      "Default: it knows a few names under .dev, and that no other name exists."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class DnsServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @ArgGroup private @Nullable Source source;

  private DnsFaults faults = DnsFaults.NONE.withSeed(System.nanoTime());

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "5300",
      converter = DnsServerOptions.Port.class,
      description = "Listen on this port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      converter = DnsServerOptions.Address.class,
      description =
          "Listen on this address of this machine; 0.0.0.0 stands for all of them, and then other"
              + " machines can ask. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private InetAddress address;

  /** Where its knowledge comes from. */
  static final class Source {
    @Option(
        names = "--zone",
        paramLabel = "FILE",
        description =
            "Know what this master file says: NAME [TTL] [IN] TYPE DATA, of A, AAAA, CNAME, DNAME,"
                + " NS, SOA and TXT. Without an SOA no other name exists; with one, names outside"
                + " its zone are refused.")
    @Nullable Path zone;

    @Option(
        names = "--names",
        paramLabel = "FILE",
        description = "Know these names, one a line, each with an address made up from it.")
    @Nullable Path names;
  }

  @Option(
      names = "--delay",
      paramLabel = "MIN..MAX",
      converter = DnsServerOptions.Delay.class,
      description =
          "Hold back each answer for a while between MIN and MAX, such as 10ms..50ms. One duration"
              + " alone is the same for all. Default: no delay.")
  void delay(DelayRange delay) {
    faults = faults.withDelay(delay);
  }

  @Option(
      names = "--loss",
      paramLabel = "P",
      converter = DnsServerOptions.Rate.class,
      description = "Lose a question over UDP with this probability, from 0 to 1. Default: 0.")
  void loss(double loss) {
    faults = faults.withLoss(loss);
  }

  @Option(
      names = "--truncate",
      paramLabel = "P",
      converter = DnsServerOptions.Rate.class,
      description = "Cut an answer over UDP with this probability, so that TCP must serve.")
  void truncate(double truncation) {
    faults = faults.withTruncation(truncation);
  }

  @Option(
      names = "--rcode",
      paramLabel = "RCODE[:P]",
      converter = DnsServerOptions.Spoilt.class,
      description =
          "Answer with this and nothing else: SERVFAIL always, SERVFAIL:0.1 now and then.")
  void rcode(DnsServerOptions.SpoiltAnswers spoilt) {
    faults = faults.withRcode(spoilt.rcode(), spoilt.rate());
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw delays, losses and cuts as another server with this seed does.")
  void seed(long seed) {
    faults = faults.withSeed(seed);
  }

  @Override
  public Integer call() throws IOException {
    Zones zones = zones();
    try (DnsServer server = DnsServer.start(new DnsServerSettings(address, port, zones, faults))) {
      announce(server, zones);
      server.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CtrlC.EXIT_STATUS;
    }
  }

  private Zones zones() throws IOException {
    try {
      if (source != null && source.zone != null) {
        return Zones.ofFile(readable(source.zone));
      }
      return source != null && source.names != null
          ? Zones.ofNamesIn(readable(source.names))
          : BlogNames.zones();
    } catch (IllegalArgumentException | NoSuchFileException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (CharacterCodingException e) {
      throw new ParameterException(spec.commandLine(), "the file is not text in UTF-8", e);
    }
  }

  private static Path readable(Path file) throws NoSuchFileException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new NoSuchFileException(file + ": allowed is a file that can be read");
    }
    return file;
  }

  private void announce(DnsServer server, Zones zones) {
    String scope = address.isAnyLocalAddress() ? ", and to other machines" : "";
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Serving %d names at %s (UDP and TCP)%s (Ctrl-C to stop)%n",
        zones.count(), server.hostAndPort(), scope);
    out.flush();
  }
}
