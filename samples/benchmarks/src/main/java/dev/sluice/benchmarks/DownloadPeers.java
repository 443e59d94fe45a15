package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Which program ends with which file, on a server with a fault for each file: {@code DownloadPeers
 * SLUICE}, the path of the launcher. Every program may make five attempts, resumes what it has, and
 * is run a second time if the first has failed, as a user would.
 */
public final class DownloadPeers {
  private static final int LONGEST_SECONDS = 30;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final ScratchFolder scratch;
  private final List<Peer> peers;

  private DownloadPeers(ScratchFolder scratch, List<Peer> peers) {
    this.scratch = scratch;
    this.peers = peers;
  }

  /** A program, and its command for a URL and a folder. */
  private record Peer(String name, BiFunction<URI, Path, List<String>> command) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 1) {
      System.err.println("usage: DownloadPeers SLUICE, the path of the launcher");
      System.exit(2);
    }
    try (ScratchFolder scratch = ScratchFolder.open()) {
      new DownloadPeers(scratch, peers(args[0])).run();
    }
    System.exit(0);
  }

  private static List<Peer> peers(String sluice) {
    List<Peer> peers = new ArrayList<>();
    peers.add(
        new Peer(
            "Sluice",
            (url, folder) ->
                List.of(
                    sluice, "fetch", "--tries=5", "--timeout=3s", "-o", "" + folder, "" + url)));
    add(
        peers,
        "curl",
        (url, folder) ->
            List.of(
                "curl",
                "-sf",
                "--retry",
                "4",
                "--retry-all-errors",
                "-Y1",
                "-y3",
                "-C",
                "-",
                "-o",
                folder.resolve(name(url)).toString(),
                "" + url));
    add(
        peers,
        "wget2",
        (url, folder) ->
            List.of(
                "wget2",
                "-q",
                "-c",
                "--tries=5",
                "--waitretry=1",
                "--timeout=3",
                "-P",
                "" + folder,
                "" + url));
    add(
        peers,
        "aria2c",
        (url, folder) ->
            List.of(
                "aria2c",
                "-q",
                "-c",
                "--max-tries=5",
                "--retry-wait=1",
                "--timeout=3",
                "--dir=" + folder,
                "" + url));
    return peers;
  }

  private static void add(
      List<Peer> peers, String program, BiFunction<URI, Path, List<String>> command) {
    if (InstalledPrograms.find(program).isPresent()) {
      peers.add(new Peer(program, command));
    } else {
      System.out.println(program + " is left out: not installed");
    }
  }

  private static String name(URI url) {
    return url.getPath().substring(1);
  }

  private void run() throws IOException, InterruptedException {
    out.print("| the server | ");
    peers.forEach(peer -> out.print(peer.name() + " | "));
    out.println();
    out.println("|---|" + "---|".repeat(peers.size()));
    for (FaultyFile file : FaultyFile.values()) {
      out.print("| " + file.title() + " | ");
      for (Peer peer : peers) {
        out.print(result(peer, file) + " | ");
      }
      out.println();
    }
  }

  private String result(Peer peer, FaultyFile file) throws IOException, InterruptedException {
    Path folder = scratch.emptyFolder("files");
    // A server for each, because it counts the requests for a file.
    try (FaultyServer server = FaultyServer.start()) {
      List<String> command = peer.command().apply(server.url(file), folder);
      long start = System.nanoTime();
      String status = status(command);
      if (!status.equals("0") && file.hasRightFile()) {
        status = status(command);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return String.format(
          Locale.ROOT,
          "%s, %d requests, %.1f s",
          verdict(status, folder.resolve(file.fileName()), file),
          server.requests(file),
          seconds);
    }
  }

  /** The exit status; {@code hangs} if the program does not end. */
  private String status(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.file("output").toFile())
            .start();
    if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      return "" + process.exitValue();
    }
    process.destroyForcibly().waitFor();
    return "hangs";
  }

  private static String verdict(String status, Path path, FaultyFile file) throws IOException {
    String claim =
        status.equals("0") ? "says OK" : status.equals("hangs") ? "hangs" : "says failed";
    if (!Files.exists(path)) {
      return (file.hasRightFile() ? "**no file**" : "no file") + ", " + claim;
    }
    boolean isRight =
        file.hasRightFile() && Arrays.equals(Files.readAllBytes(path), file.content());
    if (isRight) {
      return status.equals("0") ? "right" : "right, **" + claim + "**";
    }
    return "**a wrong file of " + Files.size(path) + " bytes**, " + claim;
  }
}
