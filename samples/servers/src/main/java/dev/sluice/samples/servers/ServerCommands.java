package dev.sluice.samples.servers;

import dev.sluice.samples.CommandSet;
import dev.sluice.samples.servers.dns.DnsServerCommand;
import dev.sluice.samples.servers.flags.FlagServerCommand;
import dev.sluice.samples.servers.genres.GenreServerCommand;
import dev.sluice.samples.servers.races.RaceServerCommand;
import dev.sluice.samples.servers.registries.RegistryServerCommand;
import java.util.List;

/** The commands of this module. */
public final class ServerCommands implements CommandSet {
  @Override
  public int rank() {
    return 3;
  }

  @Override
  public String heading() {
    return "Servers on loopback";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(
        FlagServerCommand.class,
        GenreServerCommand.class,
        DnsServerCommand.class,
        RaceServerCommand.class,
        RegistryServerCommand.class);
  }
}
