package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/**
 * One file of 64 MiB from nginx with 8 MiB a second for each connection, in 1, 2 and 4 segments.
 */
final class SlowConnections implements Scenario {
  private static final String NAME = "slow.bin";
  private static final int MEBIBYTES = 64;
  private static final String IN_ONE_PIECE = "sluice, 1 piece";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("segments: 64 MiB, 8 MiB/s for each connection; items are MiB");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    byte[] content = new byte[MEBIBYTES << 20];
    new Random(1).nextBytes(content);
    Files.write(stage.scratch().emptyFolder(Nginx.LARGE).resolve(NAME), content);
    Map<String, Function<Path, List<String>>> commands =
        commands(stage, stage.nginx().slow() + "/" + NAME);
    Map<String, List<ResourceUsage>> runs = new LinkedHashMap<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      for (var each : commands.entrySet()) {
        Path folder = stage.scratch().emptyFolder("saved");
        ResourceUsage usage = new ChildProcess(stage.scratch()).run(each.getValue().apply(folder));
        if (!Arrays.equals(content, Files.readAllBytes(folder.resolve(NAME)))) {
          throw new IllegalStateException(each.getKey() + " left a wrong file");
        }
        runs.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(usage);
      }
    }
    ResultTable table = new ResultTable(MEBIBYTES);
    runs.forEach(table::add);
    table.print(stage.out());
    stage.judge(
        "rate with 4 segments, times that without",
        OptionalDouble.of(
            table.medianSeconds(IN_ONE_PIECE) / table.medianSeconds("sluice, 4 segments")),
        TargetFigure.atLeast(3));
  }

  private static Map<String, Function<Path, List<String>>> commands(
      ScenarioContext stage, String url) {
    Map<String, Function<Path, List<String>>> commands = new LinkedHashMap<>();
    commands.put("sluice, 4 segments", folder -> sluice(stage, url, folder, 4));
    commands.put("sluice, 2 segments", folder -> sluice(stage, url, folder, 2));
    commands.put(IN_ONE_PIECE, folder -> sluice(stage, url, folder, 1));
    InstalledPrograms.find("aria2c")
        .ifPresent(
            aria2c ->
                commands.put(
                    "aria2c -x4 -s4",
                    folder ->
                        List.of(
                            aria2c.toString(),
                            "-q",
                            "-x4",
                            "-s4",
                            "-k1M",
                            "--file-allocation=none",
                            "--dir=" + folder,
                            url)));
    InstalledPrograms.find("curl")
        .ifPresent(
            curl ->
                commands.put(
                    "curl",
                    folder ->
                        List.of(curl.toString(), "-sf", "-o", "" + folder.resolve(NAME), url)));
    return commands;
  }

  private static List<String> sluice(ScenarioContext stage, String url, Path folder, int segments) {
    List<String> line = new ArrayList<>(List.of(InstalledPrograms.java().toString()));
    line.addAll(stage.settings().javaOptions());
    line.addAll(
        List.of(
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            LargeFileDownload.class.getName(),
            url,
            folder.toString(),
            "okhttp",
            "" + segments));
    return line;
  }
}
