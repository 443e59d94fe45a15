package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that reads URLs from a file and writes each into another. */
record CommandDownloads(ScratchFolder scratch, List<String> command, String start, String name)
    implements LimitedDownloads {
  static CommandDownloads curl(ScratchFolder scratch) {
    // A rate for all hosts, since curl has none for each.
    return new CommandDownloads(
        scratch,
        List.of(
            "curl",
            "-sfZ",
            "--parallel-max",
            "" + LimitPeers.AT_ONCE,
            "--rate",
            20 * LimitPeers.PER_SECOND + "/s",
            "--retry",
            "" + (LimitPeers.TRIES - 1),
            "-K"),
        "url = ",
        "output = ");
  }

  static CommandDownloads aria2(ScratchFolder scratch) {
    return new CommandDownloads(
        scratch,
        List.of(
            "aria2c",
            "-q",
            "-j" + LimitPeers.AT_ONCE,
            "--max-tries=" + LimitPeers.TRIES,
            "--retry-wait=1",
            "--dir=/",
            "-i"),
        "",
        " out=");
  }

  @Override
  public int right(List<URI> flags) throws IOException, InterruptedException {
    Path folder = scratch.emptyFolder("flags");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < flags.size(); i++) {
      lines.append(start).append(flags.get(i)).append('\n');
      lines.append(name).append(folder.resolve(i + ".gif")).append('\n');
    }
    Path list = Files.writeString(scratch.file("list"), lines);
    // Its status tells that some failed, which the files tell, too.
    Process process =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of(list.toString())).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(CommandDownloads::isGif).count();
    }
  }

  private static boolean isGif(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return content.length > 3 && content[0] == 'G' && content[content.length - 1] == ';';
    } catch (IOException e) {
      return false;
    }
  }
}
