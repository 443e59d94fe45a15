package dev.sluice.samples.apps;

import dev.sluice.Pipeline;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.JournalIndex;
import dev.sluice.journal.TornLine;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options {@code --journal}, {@code --resume} and {@code --retryable}: a line for each outcome
 * in a file, which says what the next run still has to do.
 */
public final class JournalOptions {
  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Append a line of JSON for each outcome to this file; 'sluice journal report FILE' shows"
              + " what it says. Default: no journal.")
  private @Nullable Path file;

  @Option(
      names = "--resume",
      description =
          "Leave out what is done as the journal says: found or not found, and its file still there"
              + " with the length of the journal.")
  private boolean resume;

  @Option(
      names = "--retryable",
      description =
          "Ask only for the keys of the journal that have failed and may succeed now, whatever else"
              + " is named.")
  private boolean retryable;

  /**
   * Opens the journal; a usage error if the options contradict each other.
   *
   * @param codec makes the lines
   * @param option what report of the run is made at its end
   */
  public <K, V> Open<K, V> open(CommandSpec spec, JournalCodec<K, V> codec, ReportOption option)
      throws IOException {
    check(spec);
    PrintWriter err = spec.commandLine().getErr();
    if (file == null) {
      return new Open<>(this, codec, null, null, EndReport.of(option, spec), err);
    }
    Journal journal = Journal.open(file);
    boolean opened = false;
    try {
      journal.tornLine().map(TornLine::toString).ifPresent(err::println);
      JournalIndex index = resume || retryable ? JournalIndex.of(file) : null;
      EndReport report = EndReport.of(option, spec);
      opened = true;
      return new Open<>(this, codec, journal, index, report, err);
    } finally {
      if (!opened) {
        journal.close();
      }
    }
  }

  /** The file of the journal, if there is one. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Whether the keys come from the journal, so that none have to be named. */
  public boolean isRetryable() {
    return retryable;
  }

  private void check(CommandSpec spec) {
    if (file == null && (resume || retryable)) {
      throw new ParameterException(
          spec.commandLine(), (resume ? "--resume" : "--retryable") + " needs --journal FILE");
    }
    if (file != null && file.toString().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--journal: the name of a file is missing");
    }
    if (resume && retryable) {
      throw new ParameterException(
          spec.commandLine(), "--resume and --retryable: allowed is one of them");
    }
    if (file != null && retryable && !Files.exists(file)) {
      throw new ParameterException(
          spec.commandLine(), "--retryable: there is no journal '" + file + "'");
    }
  }

  /**
   * The journal of one run; without {@code --journal} there is none.
   *
   * @param <K> the type of a key
   * @param <V> the type of a value
   */
  public static final class Open<K, V> implements AutoCloseable {
    private final boolean retryable;
    private final JournalCodec<K, V> codec;
    private final @Nullable Journal journal;
    private final @Nullable JournalIndex index;
    private final @Nullable EndReport report;
    private final PrintWriter err;

    private Open(
        JournalOptions options,
        JournalCodec<K, V> codec,
        @Nullable Journal journal,
        @Nullable JournalIndex index,
        @Nullable EndReport report,
        PrintWriter err) {
      retryable = options.retryable;
      this.codec = codec;
      this.journal = journal;
      this.index = index;
      this.report = report;
      this.err = err;
    }

    /** Whether the run goes on with the one that wrote the journal. */
    public boolean goesOn() {
      return index != null;
    }

    /** What is left to do of these keys, or what the journal says is worth another attempt. */
    public Flowable<K> keys(Flowable<K> all) {
      if (index == null) {
        return all;
      }
      return retryable ? index.retryable(codec) : index.remaining(all, codec);
    }

    /** The same for keys in a list; says on standard error how many of them are done. */
    public List<K> keys(List<K> all) throws IOException {
      if (index == null) {
        return all;
      }
      List<K> chosen = Blocking.value(keys(Flowable.fromIterable(all)).toList());
      err.println(
          retryable
              ? chosen.size() + " of " + index.size() + " in the journal may succeed now."
              : all.size() - chosen.size() + " of " + all.size() + " are done.");
      return chosen;
    }

    /** The pipeline that writes its outcomes into the journal. To be called last. */
    public Pipeline<K, V> journalled(Pipeline<K, V> pipeline) {
      if (journal == null) {
        return report == null ? pipeline : pipeline.journalled(report.log(), codec);
      }
      return report == null
          ? pipeline.journalled(journal, codec)
          : pipeline.journalled(journal.and(report.log()), codec);
    }

    /**
     * Closes the journal, and prints the report.
     *
     * @throws IOException also if outcomes of the run could not be recorded
     */
    @Override
    public void close() throws IOException {
      try (journal;
          report) {
        if (journal != null) {
          journal.check();
        }
      }
    }
  }
}
