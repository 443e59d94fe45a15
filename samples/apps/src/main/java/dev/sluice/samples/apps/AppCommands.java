package dev.sluice.samples.apps;

import dev.sluice.samples.CommandSet;
import dev.sluice.samples.check.CheckCommand;
import dev.sluice.samples.domains.BlogdomCommand;
import dev.sluice.samples.domains.DomaincheckCommand;
import dev.sluice.samples.domains.ProbeCommand;
import dev.sluice.samples.fetch.FetchCommand;
import dev.sluice.samples.flags.FlagsCommand;
import dev.sluice.samples.genres.GenresCommand;
import dev.sluice.samples.jobs.JobsCommand;
import dev.sluice.samples.journal.JournalCommand;
import dev.sluice.samples.ledger.LedgerCommand;
import dev.sluice.samples.sitecheck.SitecheckCommand;
import dev.sluice.samples.titles.TitlesCommand;
import dev.sluice.samples.zone.ZoneCommand;
import java.util.List;

/** The commands that download, probe and record. */
public final class AppCommands implements CommandSet {
  @Override
  public int rank() {
    return 1;
  }

  @Override
  public String heading() {
    return "Downloads and domain probes";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(
        FlagsCommand.class,
        GenresCommand.class,
        TitlesCommand.class,
        FetchCommand.class,
        SitecheckCommand.class,
        BlogdomCommand.class,
        DomaincheckCommand.class,
        ProbeCommand.class,
        ZoneCommand.class,
        CheckCommand.class,
        LedgerCommand.class,
        JournalCommand.class,
        JobsCommand.class);
  }

  /**
   * {@code queue} alone is the sample of a queue in memory; with one of these, that of the jobs.
   */
  @Override
  public List<Class<?>> subcommandsOf(String command) {
    return command.equals("queue") ? JobsCommand.subcommands() : List.of();
  }
}
