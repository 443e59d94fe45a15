package dev.sluice.samples.servers.dns;

import java.util.List;

/** The names of a server without {@code --zone} and {@code --names}, made for sample blogdom. */
public final class BlogNames {
  /** Short keywords that the sample reports as registered. An assumption, not looked up. */
  private static final List<String> TAKEN =
      List.of(
          "and.dev",
          "as.dev",
          "byte.dev",
          "case.dev",
          "char.dev",
          "def.dev",
          "do.dev",
          "elif.dev",
          "enum.dev",
          "for.dev",
          "in.dev",
          "is.dev",
          "long.dev",
          "new.dev",
          "not.dev",
          "this.dev",
          "try.dev",
          "void.dev");

  private BlogNames() {}

  /** A zone with these names; all other names do not exist. */
  public static Zones zones() {
    return Zones.ofNames(TAKEN);
  }
}
