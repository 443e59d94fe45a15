package dev.sluice.benchmarks;

import dev.sluice.samples.Main;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The command {@code sitecheck}, which opens a client for each page. */
record SitecheckDownloads(ScratchFolder scratch) implements LimitedDownloads {
  @Override
  public int right(List<URI> flags) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                InstalledPrograms.java().toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sitecheck",
                "-m" + LimitPeers.AT_ONCE,
                "--per-host=4",
                "--rate=" + LimitPeers.PER_SECOND + "/s",
                "--tries=" + LimitPeers.TRIES));
    flags.forEach(flag -> command.add(flag.toString()));
    ChildProcess process = new ChildProcess(scratch);
    process.run(command);
    return (int) process.output().lines().filter(line -> line.contains(": 200 GIF")).count();
  }
}
