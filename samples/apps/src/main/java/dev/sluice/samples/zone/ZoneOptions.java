package dev.sluice.samples.zone;

import dev.sluice.dns.DomainName;
import dev.sluice.samples.TextFile;
import dev.sluice.zonefile.ZoneFilter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that leaves out names that are in a zone. */
public final class ZoneOptions {
  @Option(
      names = "--zone",
      paramLabel = "FILTER",
      description =
          "Leave out the names that are in this zone, of which the command zone made the filter."
              + " One in 256 of the names below the zone that are not in it is left out too. May be"
              + " given several times.")
  private List<Path> files = List.of();

  /** Checks that the filters can be read. */
  public void check() {
    files.forEach(TextFile::readable);
  }

  /** Opens the filters. */
  public Screen open() throws IOException {
    List<ZoneFilter> filters = new ArrayList<>();
    for (Path file : files) {
      filters.add(ZoneFilter.open(file));
    }
    return new Screen(filters);
  }

  /** Leaves out names and counts them. */
  public static final class Screen {
    private final List<ZoneFilter> filters;
    private final LongAdder leftOut = new LongAdder();

    private Screen(List<ZoneFilter> filters) {
      this.filters = filters;
    }

    /** The names that are in none of the zones. A text that is no name is left to the run. */
    public Flowable<String> screened(Flowable<String> names) {
      return filters.isEmpty() ? names : names.filter(this::isLeft);
    }

    private boolean isLeft(String text) {
      DomainName name;
      try {
        name = DomainName.of(text);
      } catch (IllegalArgumentException e) {
        return true;
      }
      for (ZoneFilter filter : filters) {
        if (filter.mayContain(name)) {
          leftOut.increment();
          return false;
        }
      }
      return true;
    }

    /** How many names were left out, for the end of a summary; empty without a filter. */
    public String summary() {
      return filters.isEmpty()
          ? ""
          : filters.stream()
              .map(filter -> filter.zone() + " of " + date(filter))
              .collect(
                  Collectors.joining(
                      ", ", String.format(Locale.ROOT, ", %,d left out: in ", leftOut.sum()), ""));
    }

    private static String date(ZoneFilter filter) {
      return filter.asOf().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
  }
}
