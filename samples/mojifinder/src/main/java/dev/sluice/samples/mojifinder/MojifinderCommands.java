package dev.sluice.samples.mojifinder;

import dev.sluice.samples.CommandSet;
import java.util.List;

/** The commands of this module. */
public final class MojifinderCommands implements CommandSet {
  @Override
  public int rank() {
    return 2;
  }

  @Override
  public String heading() {
    return "Mojifinder";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(MojifinderCommand.class, TcpMojifinderCommand.class, WebMojifinderCommand.class);
  }
}
