package dev.sluice.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** One file of 1 GiB, by curl and by the library in a small heap. */
final class LargeFile implements Scenario {
  private static final String NAME = "large.bin";
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int MEBIBYTES = 1 << 10;
  private static final String HEAP = "-Xmx64m";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("large-file: 1 GiB, " + HEAP + ", JVM start included; items are MiB");
    Optional<Path> curl = InstalledPrograms.find("curl");
    if (Nginx.installed().isEmpty() || curl.isEmpty()) {
      stage.out().println("skipped: nginx or curl is not installed");
      return;
    }
    write(stage.scratch().emptyFolder(Nginx.LARGE).resolve(NAME));
    String url = stage.nginx().large() + "/" + NAME;
    List<ResourceUsage> ours = new ArrayList<>();
    List<ResourceUsage> theirs = new ArrayList<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      ours.add(once(stage, sluice(stage, url)));
      theirs.add(once(stage, curl(stage, curl.get(), url)));
    }
    ResultTable table = new ResultTable(MEBIBYTES);
    table.add("sluice", ours);
    table.add("curl", theirs);
    table.print(stage.out());
    OptionalDouble ratio = table.ratioToOurs("curl");
    stage.judge("rate, times that of curl", ratio, TargetFigure.atLeast(0.9));
  }

  private static void write(Path file) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    new Random(1).nextBytes(block);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < MEBIBYTES; i++) {
        out.write(block);
      }
    }
  }

  private static ResourceUsage once(ScenarioContext stage, List<String> command)
      throws IOException, InterruptedException {
    Path folder = stage.scratch().emptyFolder("saved");
    ResourceUsage usage = new ChildProcess(stage.scratch()).run(command);
    long bytes = Files.size(folder.resolve(NAME));
    if (bytes != (long) MEBIBYTES * BLOCK_BYTES) {
      throw new IllegalStateException(command.get(0) + " left " + bytes + " bytes");
    }
    return usage;
  }

  private static List<String> curl(ScenarioContext stage, Path curl, String url) {
    String file = stage.scratch().file("saved").resolve(NAME).toString();
    return List.of(curl.toString(), "--silent", "--fail", "--output", file, url);
  }

  private static List<String> sluice(ScenarioContext stage, String url) {
    List<String> line = new ArrayList<>();
    line.add(InstalledPrograms.java().toString());
    line.addAll(stage.settings().javaOptions());
    line.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    line.add(LargeFileDownload.class.getName());
    line.addAll(List.of(url, stage.scratch().file("saved").toString()));
    return line;
  }
}
