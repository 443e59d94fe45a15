package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other programs that can probe names. */
final class DnsPeerPrograms {
  static final String MASSDNS = "massdns";
  static final String DNSPERF = "dnsperf, its own clock";
  static final String NETTY = "netty";
  static final String INET_ADDRESS = "InetAddress on 64";
  static final String PYTHON = "asyncio getaddrinfo";

  /** Slow programs get a tenth of the names. */
  private static final int PART = 10;

  private static final String RECEIVE_BUFFER = Integer.toString(4 << 20);

  private static final String NOT_INSTALLED = "not installed";

  /** Switches off the cache of the JVM, which keeps each answer for 30 s. */
  private static final List<String> NO_CACHE =
      List.of("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");

  private final ScenarioContext stage;
  private final ProbeJob job;
  private final List<String> names;
  private final List<String> fewNames;
  private final ProbeJob smallJob;
  private final SystemPort systemPort;

  DnsPeerPrograms(ScenarioContext stage, ProbeJob job, List<String> names) throws IOException {
    this.stage = stage;
    this.job = job;
    this.names = names;
    this.fewNames = names.subList(0, names.size() / PART);
    Path file = Files.write(stage.scratch().file("few-names"), fewNames);
    this.smallJob = new ProbeJob(job.port(), file.toString(), job.limit());
    this.systemPort = SystemPort.create(stage.scratch());
  }

  /** A tenth of the names. */
  ProbeJob smallJob() {
    return smallJob;
  }

  /** It asks for A and counts RCODEs. */
  ProbeProgram massdns() throws IOException {
    Path resolvers = Files.writeString(stage.scratch().file("resolvers"), job.server() + "\n");
    return InstalledPrograms.find(MASSDNS)
        .map(program -> massdnsLine(program, resolvers))
        .map(line -> byRcode(MASSDNS, line, "(?m)^OK: *\\| *(\\d+)", "(?m)^NXDOMAIN: *\\| *(\\d+)"))
        .orElseGet(() -> ProbeProgram.skipped(MASSDNS, NOT_INSTALLED));
  }

  private List<String> massdnsLine(Path program, Path resolvers) {
    return List.of(
        program.toString(),
        "--root",
        "-r",
        resolvers.toString(),
        "-t",
        "A",
        "-s",
        Integer.toString(job.limit()),
        "-o",
        "S",
        "--rcvbuf",
        RECEIVE_BUFFER,
        "-w",
        "/dev/null",
        job.nameFile());
  }

  /** Its own time starts after it has read its file. It keeps only the RCODE of each answer. */
  ProbeProgram dnsperf() throws IOException {
    Optional<Path> program = InstalledPrograms.find("dnsperf");
    if (program.isEmpty()) {
      return ProbeProgram.skipped(DNSPERF, NOT_INSTALLED);
    }
    Path questions = stage.scratch().file("questions");
    Files.write(questions, names.stream().map(name -> name + " A").toList());
    return byRcode(
            DNSPERF, dnsperfLine(program.get(), questions), "NOERROR (\\d+)", "NXDOMAIN (\\d+)")
        .withClock(DnsPeerPrograms::dnsperfSeconds);
  }

  private List<String> dnsperfLine(Path program, Path questions) {
    return List.of(
        program.toString(),
        "-s",
        "127.0.0.1",
        "-p",
        Integer.toString(job.port()),
        "-d",
        questions.toString(),
        "-q",
        Integer.toString(job.limit()),
        "-b",
        "4096",
        "-n",
        "1");
  }

  private static OptionalDouble dnsperfSeconds(String output) {
    Matcher matcher = Pattern.compile("Run time \\(s\\):\\s*([0-9.]+)").matcher(output);
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private ProbeProgram byRcode(String name, List<String> line, String exists, String absent) {
    long total = names.size();
    return ProbeProgram.of(
        name,
        line,
        names.size(),
        DnsZone.expected(names).byRcode(),
        output -> {
          long found = number(output, exists);
          long notFound = number(output, absent);
          return new VerdictTotals(found, 0, notFound, total - found - notFound);
        });
  }

  /** The last number that a pattern finds: massdns prints its counts again and again. */
  static long number(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    long last = 0;
    while (matcher.find()) {
      last = Long.parseLong(matcher.group(1));
    }
    return last;
  }

  ProbeProgram netty() {
    return ProbeProgram.of(
        NETTY,
        // With all compilers of the JVM, which make it fastest.
        ProbeProgram.java(ProbeMethod.NETTY, List.of("-XX:+UseSerialGC"), job),
        names.size(),
        DnsZone.expected(names).withoutAaaa(DnsZone.aaaaOnly(names)),
        VerdictTotals::in);
  }

  ProbeProgram inetAddress() throws IOException, InterruptedException {
    return throughSystem(
        INET_ADDRESS, ProbeProgram.java(ProbeMethod.INET_ADDRESS, NO_CACHE, smallJob));
  }

  ProbeProgram python() throws IOException, InterruptedException {
    Optional<Path> python = InstalledPrograms.pythonWith("asyncio");
    if (python.isEmpty()) {
      return ProbeProgram.skipped(PYTHON, NOT_INSTALLED);
    }
    return throughSystem(
        PYTHON,
        List.of(
            python.get().toString(),
            stage.scratch().unpack("getaddrinfo_names.py").toString(),
            smallJob.nameFile(),
            Integer.toString(smallJob.limit())));
  }

  private ProbeProgram throughSystem(String name, List<String> line)
      throws IOException, InterruptedException {
    Optional<String> obstacle = systemPort.obstacle();
    return obstacle.isPresent()
        ? ProbeProgram.skipped(name, obstacle.get())
        : ProbeProgram.of(
            name,
            systemPort.wrap(line),
            fewNames.size(),
            DnsZone.expected(fewNames),
            VerdictTotals::in);
  }
}
