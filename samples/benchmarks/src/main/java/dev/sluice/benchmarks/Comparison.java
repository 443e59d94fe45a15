package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs programs in turn, A B C A B C, so that disturbances of the machine affect all of them. */
record Comparison(List<Contender> contenders, DownloadJob job, int rounds) {

  ResultTable run(ScratchFolder scratch) throws IOException, InterruptedException {
    Map<String, List<ResourceUsage>> usages = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        usages
            .computeIfAbsent(contender.name(), name -> new ArrayList<>())
            .addAll(once(contender, scratch));
      }
    }
    ResultTable table = new ResultTable(job.flags());
    usages.forEach(table::add);
    return table;
  }

  /** Empty if the program is not installed. */
  private List<ResourceUsage> once(Contender contender, ScratchFolder scratch)
      throws IOException, InterruptedException {
    if (contender.command().isEmpty()) {
      return List.of();
    }
    job.clear();
    ResourceUsage usage = new ChildProcess(scratch).run(contender.command().get().line(job));
    job.requireDone(contender.name());
    return List.of(usage);
  }
}
