package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program that can do the download job. Without a command it is not installed, and is skipped.
 */
record Contender(String name, Optional<Command> command) {

  /** Prepares a job and returns its command line. */
  @FunctionalInterface
  interface Command {
    List<String> line(DownloadJob job) throws IOException;
  }

  /** A download method of this module in a JVM of its own. */
  static Contender java(DownloadMethod downloads, List<String> options) {
    return new Contender(downloads.label(), Optional.of(job -> javaLine(downloads, options, job)));
  }

  private static List<String> javaLine(
      DownloadMethod downloads, List<String> options, DownloadJob job) {
    List<String> line = new ArrayList<>();
    line.add(InstalledPrograms.java().toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(DownloadKeys.class.getName());
    line.add(downloads.name());
    line.addAll(arguments(job));
    return line;
  }

  /** curl writes in place, without a temporary name: a crash may leave an incomplete file. */
  static Contender curl(ScratchFolder scratch) {
    return new Contender(
        "curl -Z",
        InstalledPrograms.find("curl")
            .map(curl -> job -> curlLine(curl, scratch.file("curl"), job)));
  }

  private static List<String> curlLine(Path curl, Path config, DownloadJob job) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String key : Files.readAllLines(job.keyFile())) {
      lines.add("url = \"%s\"".formatted(job.url(key)));
      lines.add("output = \"%s\"".formatted(job.folder().resolve(key + ".gif")));
    }
    Files.write(config, lines);
    return List.of(
        curl.toString(),
        "--silent",
        "--fail",
        "--parallel",
        "--parallel-max",
        Integer.toString(job.limit()),
        "--config",
        config.toString());
  }

  /** A script of this module, run by a Python that has the modules it needs. */
  static Contender python(String module, ScratchFolder scratch) {
    return new Contender(
        module,
        InstalledPrograms.pythonWith(module)
            .map(python -> job -> pythonLine(python, module + "_flags.py", scratch, job)));
  }

  private static List<String> pythonLine(
      Path python, String script, ScratchFolder scratch, DownloadJob job) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(python.toString());
    line.add(scratch.unpack(script).toString());
    line.addAll(arguments(job));
    return line;
  }

  private static List<String> arguments(DownloadJob job) {
    return List.of(
        job.base(),
        job.keyFile().toString(),
        job.folder().toString(),
        Integer.toString(job.limit()));
  }
}
