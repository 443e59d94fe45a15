package dev.sluice.samples.servers.dns;

import java.util.List;

/** What a server knows that was given neither zone nor names: enough for the blogdom sample. */
public final class BlogNames {
  /** Short keywords that the sample takes to be taken; nobody has looked them up. */
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

  /** These names; all others under all other names do not exist. */
  public static Zones zones() {
    return Zones.ofNames(TAKEN);
  }
}
