package dev.sluice.samples.servers.dns;

import dev.sluice.samples.ListenOptions;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the DNS server until Ctrl-C. */
@Command(
    name = "dns-server",
    description = {
      "Answers DNS queries over UDP and TCP, to try resolvers without a network.",
      "Default: a few names under .dev exist, and no other name does."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class DnsServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @ArgGroup private @Nullable Names names;

  @Mixin private final ListenOptions listen = new ListenOptions(5300);
  @Mixin private final DnsFaultOptions faults = new DnsFaultOptions();

  /** The file with the names that exist. */
  static final class Names {
    @Option(
        names = "--zone",
        paramLabel = "FILE",
        description =
            "Serve this master file (RFC 1035). Without an SOA record no other name exists; with"
                + " one, names outside its zone are refused.")
    @Nullable Path zone;

    @Option(
        names = "--names",
        paramLabel = "FILE",
        description = "Serve these names, one a line, each with an address derived from the name.")
    @Nullable Path list;
  }

  @Override
  public Integer call() throws IOException {
    Zones zones = zones();
    DnsServerSettings settings =
        new DnsServerSettings(listen.address(), listen.port(), zones, faults.faults());
    try (DnsServer server = DnsServer.start(settings)) {
      String announcement =
          String.format(
              Locale.ROOT,
              "Serving %s at %s (UDP and TCP)",
              Numbers.counted(zones.count(), "name"),
              server.hostAndPort());
      return listen.serve(announcement, server::await, spec.commandLine().getOut());
    }
  }

  private Zones zones() throws IOException {
    try {
      if (names != null && names.zone != null) {
        return Zones.ofFile(TextFile.readable(names.zone));
      }
      return names != null && names.list != null
          ? Zones.ofNamesIn(TextFile.readable(names.list))
          : BlogNames.zones();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (CharacterCodingException e) {
      throw new ParameterException(spec.commandLine(), file() + " is not text in UTF-8", e);
    }
  }

  private String file() {
    return names == null ? "" : "'" + (names.zone == null ? names.list : names.zone) + "'";
  }
}
