package dev.sluice.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One file of 1 GiB, by curl and by the library in a small heap, over HTTP and over TLS. Over TLS
 * with BoringSSL, by Netty or by Conscrypt, as well: most of the JDK's TLS is Java, and slow until
 * it is compiled.
 */
final class LargeFile implements Scenario {
  private static final String NAME = "large.bin";
  private static final String SHORT = "short.bin";
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int MEBIBYTES = 1 << 10;
  private static final String HEAP = "-Xmx64m";
  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  /** The flight recorder's events of Netty cost 0.1 s at the start. */
  private static final String NO_EVENTS = "-Dio.netty.jfr.enabled=false";

  private static final String CONSCRYPT = "conscrypt";
  private static final String NETTY = "netty";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("large-file: 1 GiB, " + HEAP + ", JVM start included; items are MiB");
    Optional<Path> curl = InstalledPrograms.find("curl");
    if (Nginx.installed().isEmpty() || curl.isEmpty()) {
      stage.out().println("skipped: nginx or curl is not installed");
      return;
    }
    Path folder = stage.scratch().emptyFolder(Nginx.LARGE);
    write(folder.resolve(NAME), MEBIBYTES);
    write(folder.resolve(SHORT), 1);
    compare(stage, "HTTP", stage.nginx().large(), commands(stage, curl.get()));
    Optional<TlsServer> tls = stage.nginx().tls();
    if (tls.isEmpty()) {
      stage.out().println("skipped: openssl is not installed");
      return;
    }
    compare(stage, "TLS", tls.get().url(Nginx.LARGE), overTls(stage, curl.get(), tls.get()));
  }

  private static Map<String, Command> commands(ScenarioContext stage, Path curl)
      throws IOException, InterruptedException {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("sluice", sluice(stage, stage.nginx().large(), List.of(), List.of()));
    commands.put("sluice, Netty", sluice(stage, stage.nginx().large(), List.of(), List.of(NETTY)));
    commands.put("curl", curl(curl, List.of()));
    return commands;
  }

  private static Map<String, Command> overTls(ScenarioContext stage, Path curl, TlsServer server)
      throws IOException, InterruptedException {
    List<String> trust = server.javaOptions();
    String base = server.url(Nginx.LARGE);
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("sluice, Netty", sluice(stage, base, trust, List.of(NETTY)));
    commands.put("sluice", sluice(stage, base, trust, List.of()));
    commands.put("sluice, Conscrypt", sluice(stage, base, trust, List.of(CONSCRYPT)));
    commands.put("curl", curl(curl, List.of("--cacert", server.certificate().toString())));
    return commands;
  }

  private static void compare(
      ScenarioContext stage, String protocol, String base, Map<String, Command> commands)
      throws IOException, InterruptedException {
    Map<String, List<ResourceUsage>> runs = new LinkedHashMap<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      for (Map.Entry<String, Command> each : commands.entrySet()) {
        Path folder = stage.scratch().emptyFolder("saved");
        runs.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
            .add(once(stage, each.getValue().line(base + "/" + NAME, folder), folder));
      }
    }
    ResultTable table = new ResultTable(MEBIBYTES);
    runs.forEach(table::add);
    stage.out().println(protocol);
    table.print(stage.out());
    stage.judge(
        "rate over " + protocol + ", times that of curl",
        table.ratioToOurs("curl"),
        TargetFigure.atLeast(0.9));
  }

  private static void write(Path file, int mebibytes) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    new Random(1).nextBytes(block);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < mebibytes; i++) {
        out.write(block);
      }
    }
  }

  private static ResourceUsage once(ScenarioContext stage, List<String> command, Path folder)
      throws IOException, InterruptedException {
    ResourceUsage usage = new ChildProcess(stage.scratch()).run(command);
    long bytes = Files.size(folder.resolve(NAME));
    if (bytes != (long) MEBIBYTES * BLOCK_BYTES) {
      throw new IllegalStateException(command.get(0) + " left " + bytes + " bytes");
    }
    return usage;
  }

  private static Command curl(Path curl, List<String> options) {
    return (url, folder) -> {
      List<String> line = new ArrayList<>(List.of(curl.toString(), "--silent", "--fail"));
      line.addAll(options);
      line.addAll(List.of("--output", folder.resolve(NAME).toString(), url));
      return line;
    };
  }

  /** The library in a JVM with a class archive, as the launcher has one. */
  private static Command sluice(
      ScenarioContext stage, String base, List<String> properties, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    if (arguments.equals(List.of(NETTY))) {
      options.add(NO_EVENTS);
    } else if (!properties.isEmpty() && arguments.isEmpty()) {
      // Without its second compiler the JVM decrypts 40 MB a second.
      boolean unused = options.remove(FIRST_COMPILER_ONLY);
    }
    options.add(HEAP);
    options.addAll(properties);
    Path saved = stage.scratch().emptyFolder("saved");
    List<String> withArchive =
        ClassArchive.options(
            stage,
            "classes-of-" + properties.size() + String.join("-", arguments),
            options,
            with -> line(with, base + "/" + SHORT, saved, arguments));
    return (url, folder) -> line(withArchive, url, folder, arguments);
  }

  private static List<String> line(
      List<String> options, String url, Path folder, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(InstalledPrograms.java().toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(LargeFileDownload.class.getName());
    line.addAll(List.of(url, folder.toString()));
    line.addAll(arguments);
    return line;
  }

  /** A program that downloads a file. */
  @FunctionalInterface
  private interface Command {
    List<String> line(String url, Path folder);
  }
}
