package dev.sluice.samples.fetch;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.TerminalText;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.JournalCodec;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.NotUtf8Exception;
import dev.sluice.samples.TextFile;
import dev.sluice.samples.Urls;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.apps.FolderOption;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.ProgressOptions;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunReportText;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.UsageCheck;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Downloads URLs into files. */
@Command(
    name = "fetch",
    description = {
      "Downloads any http and https URLs into a folder, files of any length.",
      "What broke off is resumed where the server allows it, also by the next run of the same"
          + " command. A file that the server has not changed is not downloaded again.",
      "--timeout bounds the time to a response and between two pieces of a body: a long download"
          + " may take as long as it flows."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all downloaded or unchanged",
      "  1  some errors, or a file that is not there",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C; the next run resumes what can be resumed"
    })
public final class FetchCommand implements Callable<Integer> {
  /** Every item has a whole URL of its own. */
  private static final URI NO_BASE = URI.create("http://localhost/");

  private static final int MANY = Integer.MAX_VALUE;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ListOptions lists = new ListOptions();
  @Mixin private final FolderOption folder = new FolderOption("downloaded");
  @Mixin private final NamingOption names = new NamingOption();
  @Mixin private final TransportOption transport = new TransportOption();
  @Mixin private final SegmentsOption segments = new SegmentsOption();

  @Option(
      names = "--checksums",
      paramLabel = "FILE",
      description =
          "Check the files that this file lists, in the form of sha256sum, before they get their"
              + " names. It may have the names of the server, or those of out= and --names url.")
  private @Nullable Path checksumFile;

  @Option(
      names = "--trust",
      description =
          "Send no request for a file that an earlier run of this command has completed. Default:"
              + " ask the server whether it has changed.")
  private boolean isTrusting;

  @Option(
      names = "--plan",
      description =
          "Say how many items each host has and how long the limits make the run at least, and end"
              + " without a request.")
  private boolean isPlan;

  @Mixin private final ProgressOptions progressOptions = new ProgressOptions();
  @Mixin private final RequestOptions requests = new RequestOptions(10, "10s", 3);

  /** The keys that the items of a list have in a journal, read as the command reads them. */
  public static Flowable<String> journalKeys(Path list) {
    return DownloadList.ofFile(list).items().map(ListedItem::text);
  }

  @Override
  public Integer call() throws IOException {
    if (isPlan && requests.isReporting()) {
      throw new ParameterException(
          spec.commandLine(), "--plan and --report: a plan has no run to report of");
    }
    DownloadList list = UsageCheck.value(spec, () -> lists.list(requests.takesKeysOfJournal()));
    ItemParser parser = new ItemParser(checksums(), names.naming());
    JournalCodec<ListedItem, Downloaded> codec =
        JournalCodec.<ListedItem, Downloaded>of(ListedItem::text, ListedItem::ofText)
            .withValues(Downloaded::journalNotes);
    try (JournalOptions.Open<ListedItem, Downloaded> journal = requests.journal(codec)) {
      int expected = counted(list, journal);
      Policy policy = requests.policy(segments.requests(Math.max(1, expected)));
      if (isPlan) {
        print(journal.keys(list.items()), parser, policy);
        return 0;
      }
      return download(list, parser, policy, expected, journal);
    }
  }

  private void print(Flowable<ListedItem> planned, ItemParser parser, Policy policy)
      throws IOException {
    try {
      PlanText.print(planned, parser, policy, segments, out());
    } catch (ListException e) {
      throw refused(e);
    }
  }

  private ParameterException refused(ListException e) {
    return new ParameterException(spec.commandLine(), lists.name() + ", " + e.getMessage(), e);
  }

  private int download(
      DownloadList list,
      ItemParser parser,
      Policy policy,
      int expected,
      JournalOptions.Open<ListedItem, Downloaded> journal)
      throws IOException {
    HttpOptions http = UsageCheck.value(spec, transport::http);
    AtomicInteger read = new AtomicInteger();
    AtomicReference<ListException> broken = new AtomicReference<>();
    Flowable<ListedItem> items =
        journal
            .keys(list.items())
            .doOnNext(item -> read.incrementAndGet())
            .onErrorResumeNext(e -> endOf(e, broken));
    FetchTotals totals = new FetchTotals();
    try (CtrlC ctrlC = CtrlC.watch();
        HttpClient client = HttpClient.at(NO_BASE, policy, http)) {
      RunSummary summary = new RunSummary(out(), expected, "file", "complete");
      Progress bar =
          expected == MANY || progressOptions.isVerbose()
              ? Progress.NONE
              : Progress.of("files", expected, spec.commandLine().getErr());
      Pipeline<ListedItem, Downloaded> pipeline =
          journal.journalled(
              requests.within(pipeline(client, parser, totals.notedBy(bar), journal.goesOn())));
      try (Progress progress = requests.reported(bar, policy, FetchCommand::site)) {
        summary.follow(pipeline.runAll(items).doOnNext(totals::count), ctrlC, progress, this::say);
      }
      if (expected == MANY) {
        summary.expect(read.get());
      }
      summary.print(!progressOptions.isVerbose());
      out().println(totals.line());
      out().flush();
      ListException fault = broken.get();
      if (fault != null) {
        spec.commandLine().getErr().println(lists.name() + ", " + ErrorText.of(fault));
      }
      int status = summary.exitStatus(ctrlC);
      return fault != null || totals.isIncomplete() ? Math.max(1, status) : status;
    }
  }

  /** What came before the fault of a list is downloaded all the same. */
  private static Flowable<ListedItem> endOf(Throwable e, AtomicReference<ListException> broken) {
    if (e instanceof ListException fault) {
      broken.set(fault);
      return Flowable.empty();
    }
    return Flowable.error(e);
  }

  private Pipeline<ListedItem, Downloaded> pipeline(
      HttpClient client, ItemParser parser, LongConsumer received, boolean goesOn) {
    Downloads downloads =
        segments
            .appliedTo(Downloads.into(folder.folder(), client))
            .withNaming(names.naming())
            .withStallTimeout(requests.timeout())
            .withProgress(received);
    for (Path own : filesOfRun()) {
      downloads = downloads.withReserved(own);
    }
    if (names.isNumbering()) {
      downloads = downloads.withNumbering();
    }
    if (goesOn) {
      downloads = downloads.withoutReplacing();
    }
    if (isTrusting) {
      downloads = downloads.withTrust();
    }
    return downloads.pipeline().parsing(parser::download);
  }

  /** What the run reads and writes, and no download may replace. */
  private List<Path> filesOfRun() {
    return Stream.concat(
            requests.filesOfRun().stream(),
            Stream.of(lists.file(), Optional.ofNullable(checksumFile)).flatMap(Optional::stream))
        .toList();
  }

  private @Nullable ChecksumFile checksums() throws IOException {
    Path file = checksumFile;
    if (file == null) {
      return null;
    }
    UsageCheck.check(spec, () -> TextFile.readable(file));
    try {
      return ChecksumFile.read(file);
    } catch (ListException e) {
      throw new ParameterException(spec.commandLine(), file + ", " + e.getMessage(), e);
    } catch (NotUtf8Exception e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** How many items there are: a list that is no list is refused before the first request. */
  private int counted(DownloadList list, JournalOptions.Open<ListedItem, Downloaded> journal)
      throws IOException {
    if (!list.canBeRepeated()) {
      return MANY;
    }
    AtomicInteger all = new AtomicInteger();
    try {
      long left =
          Blocking.value(
              journal.keys(list.items().doOnNext(item -> all.incrementAndGet())).count());
      if (all.get() == 0 && !requests.takesKeysOfJournal()) {
        throw new ParameterException(spec.commandLine(), lists.name() + ": it has no URL");
      }
      if (left < all.get()) {
        spec.commandLine().getErr().println((all.get() - left) + " of " + all + " are done.");
      }
      return (int) Math.min(left, MANY - 1);
    } catch (ListException e) {
      throw refused(e);
    }
  }

  private static URI site(Outcome<?, ?> outcome) {
    return Urls.parse(outcome.key().toString()).orElse(NO_BASE);
  }

  private void say(Outcome<ListedItem, Downloaded> outcome) {
    if (progressOptions.isVerbose()) {
      String result =
          outcome.fold(
              success -> told(success.value()),
              absent -> "not found",
              failure -> "error: " + ErrorText.of(failure));
      out().println(outcome.key() + " " + result);
    }
  }

  private static String told(Downloaded downloaded) {
    String file = TerminalText.escaped(downloaded.file().path().toString());
    if (downloaded instanceof Fetched fetched) {
      String resumed =
          fetched.resumedAt() > 0 ? ", resumed at " + RunReportText.bytes(fetched.resumedAt()) : "";
      return file + " (" + RunReportText.bytes(fetched.file().bytes()) + resumed + ")";
    }
    return file + " (unchanged)";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
