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
 * One file of 1 GiB, by curl and by the library in a small heap, over HTTP and over TLS: first by
 * whole processes, then in a JVM that is warm. Over TLS with BoringSSL, by Netty or by Conscrypt,
 * as well: most of the JDK's TLS is Java, and slow until it is compiled.
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

  private static final int WARM_UPS = 4;
  private static final String SAVED = "saved";
  private static final String CURL = "curl";
  private static final String CONSCRYPT = "conscrypt";
  private static final String NETTY = "netty";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("large-file: 1 GiB, " + HEAP + "; items are MiB");
    Optional<Path> curl = InstalledPrograms.find("curl");
    if (Nginx.installed().isEmpty() || curl.isEmpty()) {
      stage.out().println("skipped: nginx or curl is not installed");
      return;
    }
    Path folder = stage.scratch().emptyFolder(Nginx.LARGE);
    write(folder.resolve(NAME), MEBIBYTES);
    write(folder.resolve(SHORT), 1);
    Program theirs = curl(stage, curl.get(), List.of());
    String plain = stage.nginx().large() + "/";
    compare(stage, "HTTP, JVM start included", plain, wholeRuns(stage, plain, theirs));
    compareWarm(stage, "HTTP", plain, List.of(), theirs);
    Optional<TlsServer> tls = stage.nginx().tls();
    if (tls.isEmpty()) {
      stage.out().println("skipped: openssl is not installed");
      return;
    }
    List<String> trust = tls.get().javaOptions();
    theirs = curl(stage, curl.get(), List.of("--cacert", tls.get().certificate().toString()));
    String secure = tls.get().url(Nginx.LARGE) + "/";
    compare(stage, "TLS, JVM start included", secure, overTls(stage, secure, trust, theirs));
    compareWarm(stage, "TLS", secure, trust, theirs);
  }

  private static Map<String, Program> wholeRuns(ScenarioContext stage, String base, Program curl)
      throws IOException, InterruptedException {
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put("sluice", sluice(stage, base, List.of(), List.of()));
    programs.put("sluice, Netty", sluice(stage, base, List.of(), List.of(NETTY)));
    programs.put(CURL, curl);
    return programs;
  }

  private static Map<String, Program> overTls(
      ScenarioContext stage, String base, List<String> trust, Program curl)
      throws IOException, InterruptedException {
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put("sluice, Netty", sluice(stage, base, trust, List.of(NETTY)));
    programs.put("sluice", sluice(stage, base, trust, List.of()));
    programs.put("sluice, Conscrypt", sluice(stage, base, trust, List.of(CONSCRYPT)));
    programs.put(CURL, curl);
    return programs;
  }

  private static void compareWarm(
      ScenarioContext stage, String protocol, String base, List<String> trust, Program curl)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    boolean unused = options.remove(FIRST_COMPILER_ONLY);
    options.add(HEAP);
    options.addAll(trust);
    try (WarmJvm netty = warm(stage, options, base, NETTY);
        WarmJvm okHttp = warm(stage, options, base, "")) {
      Map<String, Program> programs = new LinkedHashMap<>();
      programs.put("sluice, Netty", (url, saved) -> netty.run());
      programs.put("sluice", (url, saved) -> okHttp.run());
      for (int i = 0; i < WARM_UPS; i++) {
        for (Program each : programs.values()) {
          ResourceUsage unusedFirst = once(stage, each, base);
        }
      }
      programs.put(CURL, curl);
      compare(stage, protocol + ", warm", base, programs);
    }
  }

  private static WarmJvm warm(ScenarioContext stage, List<String> options, String base, String tls)
      throws IOException {
    Path folder = stage.scratch().emptyFolder(SAVED);
    return WarmJvm.start(
        line(options, base + NAME, folder, List.of(tls, LargeFileDownload.REPEATED)));
  }

  private static void compare(
      ScenarioContext stage, String title, String base, Map<String, Program> programs)
      throws IOException, InterruptedException {
    Map<String, List<ResourceUsage>> runs = new LinkedHashMap<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      for (Map.Entry<String, Program> each : programs.entrySet()) {
        runs.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
            .add(once(stage, each.getValue(), base));
      }
    }
    ResultTable table = new ResultTable(MEBIBYTES);
    runs.forEach(table::add);
    stage.out().println(title);
    table.print(stage.out());
    stage.judge(
        "rate over " + title + ", times that of curl",
        table.ratioToOurs(CURL),
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

  private static ResourceUsage once(ScenarioContext stage, Program program, String base)
      throws IOException, InterruptedException {
    Path folder = stage.scratch().emptyFolder(SAVED);
    ResourceUsage usage = program.save(base + NAME, folder);
    long bytes = Files.size(folder.resolve(NAME));
    if (bytes != (long) MEBIBYTES * BLOCK_BYTES) {
      throw new IllegalStateException("a file of " + bytes + " bytes");
    }
    return usage;
  }

  private static Program curl(ScenarioContext stage, Path curl, List<String> options) {
    return (url, folder) -> {
      List<String> line = new ArrayList<>(List.of(curl.toString(), "--silent", "--fail"));
      line.addAll(options);
      line.addAll(List.of("--output", folder.resolve(NAME).toString(), url));
      return new ChildProcess(stage.scratch()).run(line);
    };
  }

  /** The library in a JVM with a class archive, as the launcher has one. */
  private static Program sluice(
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
    Path saved = stage.scratch().emptyFolder(SAVED);
    List<String> withArchive =
        ClassArchive.options(
            stage,
            "classes-of-" + properties.size() + String.join("-", arguments),
            options,
            with -> line(with, base + SHORT, saved, arguments));
    return (url, folder) ->
        new ChildProcess(stage.scratch()).run(line(withArchive, url, folder, arguments));
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

  /** What downloads a file into an empty folder. */
  @FunctionalInterface
  private interface Program {
    ResourceUsage save(String url, Path folder) throws IOException, InterruptedException;
  }
}
