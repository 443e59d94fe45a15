package dev.sluice.samples.fetch;

import dev.sluice.DurationText;
import dev.sluice.Policy;
import dev.sluice.fetch.Download;
import dev.sluice.http.HttpClient;
import dev.sluice.journal.Plan;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.apps.Blocking;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Prints what a run will ask for. */
final class PlanText {
  private static final int HOSTS_SHOWN = 20;

  /** What answers take from a server that is not near. */
  private static final Duration USUAL_REQUEST = Duration.ofMillis(100);

  private PlanText() {}

  static void print(
      Flowable<ListedItem> items,
      ItemParser parser,
      Policy policy,
      SegmentsOption segments,
      PrintWriter out)
      throws IOException {
    long[] refused = {0};
    long[] requests = {0};
    Flowable<Download> downloads =
        items.concatMapMaybe(
            item -> {
              try {
                Download download = parser.download(item);
                // Each mirror is tried once, however few attempts there are.
                requests[0] += Math.max(policy.retry().maxAttempts(), item.urls().size());
                return Maybe.just(download);
              } catch (IOException e) {
                refused[0]++;
                out.println(item + " error: " + ErrorText.of(e));
                return Maybe.empty();
              }
            });
    Plan plan =
        Blocking.value(Plan.of(downloads, download -> HttpClient.lane(download.url()), policy));
    plan.lanes().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(HOSTS_SHOWN)
        .forEach(lane -> out.println(lane.getValue() + "  " + lane.getKey()));
    int more = plan.lanes().size() - HOSTS_SHOWN;
    if (more > 0) {
      out.println("and " + more + " more hosts");
    }
    out.println("-".repeat(20));
    out.println(
        Numbers.counted(plan.items(), "item")
            + " of "
            + Numbers.counted(plan.lanes().size(), "host")
            + ", at most "
            + Numbers.counted(requests[0], "request")
            + (segments.isOn() ? " and those of segments" : "")
            + (refused[0] == 0 ? "." : "; " + refused[0] + " cannot be asked for."));
    out.println(
        "At least "
            + seconds(plan.leastTime())
            + " by the rates; "
            + seconds(plan.leastTime(USUAL_REQUEST))
            + " if each request takes 0.1 s.");
    out.flush();
  }

  private static String seconds(Duration time) {
    return time.compareTo(Policy.FOREVER) < 0
        ? String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9)
        : DurationText.of(time);
  }
}
