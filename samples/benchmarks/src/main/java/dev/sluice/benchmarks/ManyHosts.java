package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * 100,000 URLs on 1,000 hosts by {@code sluice fetch} in a heap of 128 MB: {@code ManyHosts
 * SLUICE}, the path of the launcher. The hosts are addresses of loopback, where nginx listens.
 */
public final class ManyHosts {
  private static final int HOSTS = 1_000;
  private static final int FILES_EACH = 100;
  private static final int HOSTS_A_NET = 250;

  private static final String LOCATION =
      """
      location / {
        return 200 "$host$uri\\n";
      }
      """;

  private ManyHosts() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 1) {
      System.err.println("usage: ManyHosts SLUICE, the path of the launcher");
      System.exit(2);
    }
    try (ScratchFolder scratch = ScratchFolder.open()) {
      run(args[0], scratch);
    }
    System.exit(0);
  }

  @SuppressWarnings("try") // nginx runs until the end of the block.
  private static void run(String sluice, ScratchFolder scratch)
      throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int port = ServerProcess.freePort();
    Map<String, String> files = files();
    StringBuilder list = new StringBuilder();
    files.forEach((name, path) -> list.append("http://" + path.replace("/", ":" + port + "/")));
    Path urls = Files.writeString(scratch.file("list"), list.toString());
    Path folder = scratch.emptyFolder("files");
    try (Nginx unused = nginx(scratch, port)) {
      ResourceUsage usage = new ChildProcess(scratch).run(command(sluice, urls, folder));
      out.printf(
          "%,d URLs, %,d right files, %.1f s, CPU %.1f s, peak %.0f MB%n",
          files.size(),
          right(files, folder),
          usage.seconds(),
          usage.cpuSeconds().orElse(Double.NaN),
          usage.peakMegabytes().orElse(Double.NaN));
    }
  }

  private static List<String> command(String sluice, Path urls, Path folder) {
    return List.of(
        "env",
        "JAVA_TOOL_OPTIONS=-Xmx128m",
        sluice,
        "fetch",
        "-m100",
        "--per-host=2",
        "-i" + urls,
        "-o" + folder);
  }

  /** The names of all files, and their content: host and path. The hosts take turns. */
  private static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < FILES_EACH; i++) {
      for (int host = 0; host < HOSTS; host++) {
        String name = "%02d-%03d".formatted(i, host);
        files.put(name, address(host) + "/" + name + "\n");
      }
    }
    return files;
  }

  private static String address(int host) {
    return "127.0." + (1 + host / HOSTS_A_NET) + "." + (1 + host % HOSTS_A_NET);
  }

  private static Nginx nginx(ScratchFolder scratch, int port)
      throws IOException, InterruptedException {
    StringBuilder server = new StringBuilder();
    for (int host = 0; host < HOSTS; host++) {
      server.append("listen " + address(host) + ":" + port + ";\n");
    }
    InetSocketAddress last = new InetSocketAddress(address(HOSTS - 1), port);
    return Nginx.serving(scratch, last, server.append(LOCATION).toString());
  }

  private static int right(Map<String, String> files, Path folder) throws IOException {
    int right = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      right += Files.exists(path) && Files.readString(path).equals(file.getValue()) ? 1 : 0;
    }
    return right;
  }
}
