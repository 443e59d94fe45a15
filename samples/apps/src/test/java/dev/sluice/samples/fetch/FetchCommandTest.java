package dev.sluice.samples.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any URLs into a folder, against a server on loopback. */
@Timeout(60)
class FetchCommandTest {
  private static final byte[] LONG = new byte[16 << 20];

  static {
    new Random(1).nextBytes(LONG);
  }

  @TempDir Path work;

  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private volatile boolean isBusy = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.start("files", HttpServerSettings.onLoopback(), this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The content of a file is its path, three thousand times; /none… is not there. */
  private Response answer(Request request) {
    requests.merge(request.path(), 1, Integer::sum);
    if (request.path().contains("none")) {
      return Response.of(Status.NOT_FOUND);
    }
    if (isBusy && request.path().contains("busy")) {
      return Response.of(Status.SERVICE_UNAVAILABLE);
    }
    if (request.field("if-none-match").isPresent()) {
      return Response.of(Status.NOT_MODIFIED);
    }
    if (request.path().contains("long")) {
      return longFile(request);
    }
    Response whole =
        Response.of(Status.OK).with("ETag", "\"1\"").with(ByteBuffer.wrap(content(request.path())));
    return request.path().contains("named")
        ? whole.with("Content-Disposition", "attachment; filename=\"../given.txt\"")
        : whole;
  }

  /** A file of 16 MiB, or a range of it. */
  private static Response longFile(Request request) {
    String range = request.field("range").orElse("");
    if (range.isEmpty()) {
      return Response.of(Status.OK)
          .with("ETag", "\"1\"")
          .with("Accept-Ranges", "bytes")
          .with(ByteBuffer.wrap(LONG));
    }
    String[] bounds = range.replace("bytes=", "").split("-", -1);
    int from = Integer.parseInt(bounds[0]);
    int to = Integer.parseInt(bounds[1]);
    return Response.of(Status.PARTIAL_CONTENT)
        .with("ETag", "\"1\"")
        .with("Content-Range", "bytes " + from + "-" + to + "/" + LONG.length)
        .with(ByteBuffer.wrap(LONG, from, to + 1 - from));
  }

  private static byte[] content(String path) {
    return path.repeat(3_000).getBytes(UTF_8);
  }

  private String url(String path) {
    return server.uri() + path;
  }

  private Path folder() {
    return work.resolve("downloaded");
  }

  private Run fetch(String... arguments) {
    return Run.of(
        Stream.concat(Stream.of("fetch", "-o", folder().toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private Path list(String... lines) throws IOException {
    return Files.writeString(work.resolve("list"), String.join("\n", lines));
  }

  @Test
  void downloadsOverNetty() throws IOException {
    Path list = list(url("/a"), url("/b/c.txt"), url("/none"));
    Run run = fetch("--transport", "netty", "-i", list.toString());
    assertEquals(1, run.status(), run.err());
    assertArrayEquals(content("/a"), Files.readAllBytes(folder().resolve("a")));
    assertArrayEquals(content("/b/c.txt"), Files.readAllBytes(folder().resolve("c.txt")));
    assertTrue(run.out().contains("2 files complete.\n1 not found.\n"), run.out());
    Run again = fetch("--transport=netty", "-i", list.toString());
    assertTrue(again.out().contains("unchanged"), again.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "netty"})
  void downloadsALongFileInSegments(String transport) throws IOException {
    Run run = fetch("--transport", transport, "--segments", "2", url("/long"));
    assertEquals(0, run.status(), run.err());
    assertArrayEquals(LONG, Files.readAllBytes(folder().resolve("long")));
  }

  @Test
  void refusesNoSegments() {
    Run run = fetch("--segments", "0", url("/long"));
    assertEquals(2, run.status());
    assertTrue(run.err().contains("allowed are 1 to 100"), run.err());
  }

  @Test
  void downloadsAListAndSaysWhatIsNotThere() throws IOException {
    Path list = list(url("/a"), url("/b/c.txt"), url("/none"), "no url");
    Run run = fetch("-i", list.toString());
    assertEquals(1, run.status(), run.err());
    assertArrayEquals(content("/a"), Files.readAllBytes(folder().resolve("a")));
    assertArrayEquals(content("/b/c.txt"), Files.readAllBytes(folder().resolve("c.txt")));
    assertTrue(
        run.out()
            .contains(
                """
                2 files complete.
                1 not found.
                1 error.
                  no url error: line 4: "no url" is no URL: allowed are http(s) URLs without user
                """),
        run.out());
    assertTrue(run.out().contains("30.0 kB received, "), run.out());
  }

  @Test
  void asksWhetherAFileHasChangedOrTrustsItsRecord() throws IOException {
    assertEquals(0, fetch(url("/a")).status());
    Run second = fetch("-v", url("/a"));
    assertTrue(
        second.out().contains(url("/a") + " " + folder().resolve("a") + " (unchanged)\n"),
        second.out());
    assertTrue(second.out().contains("0 B received, 0 B a second; 1 unchanged.\n"), second.out());
    assertEquals(2, requests.get("/a"));
    Run trusting = fetch("--trust", url("/a"));
    assertTrue(trusting.out().contains("1 unchanged.\n"), trusting.out());
    assertEquals(2, requests.get("/a"));
  }

  @Test
  void triesMirrorsAndGivesNames() throws IOException {
    Path list =
        list(url("/none/a") + "\t" + url("/b"), "  out=given name.bin", url("/c"), " out=d.bin");
    Run run = fetch("-i", list.toString());
    assertEquals(0, run.status(), run.out());
    assertArrayEquals(content("/b"), Files.readAllBytes(folder().resolve("given name.bin")));
    assertArrayEquals(content("/c"), Files.readAllBytes(folder().resolve("d.bin")));
  }

  @Test
  void namesFilesAsItIsTold() throws IOException {
    fetch("--names", "server", url("/x/named"));
    assertTrue(Files.exists(folder().resolve("given.txt")));
    fetch("--names", "{stem}-1{extension}", url("/x/y.tar"));
    assertTrue(Files.exists(folder().resolve("y-1.tar")));
    Run clash = fetch(url("/1/same"), url("/2/same"));
    assertEquals(1, clash.status());
    assertTrue(clash.out().contains("is already used by "), clash.out());
    Run numbered = fetch("--number", url("/1/same"), url("/2/same"));
    assertEquals(0, numbered.status(), numbered.out());
    assertTrue(Files.exists(folder().resolve("same_2")));
  }

  @Test
  void checksWhatAListOfChecksumsHas() throws Exception {
    String right = sha256(content("/a"));
    Path sums =
        Files.writeString(work.resolve("SHA256SUMS"), right + "  ./a\n" + "0".repeat(64) + " *b\n");
    Run run = fetch("--checksums", sums.toString(), url("/a"), url("/b"), url("/c"));
    assertEquals(1, run.status());
    assertTrue(run.out().contains("2 files complete.\n1 error.\n"), run.out());
    assertTrue(run.out().contains(url("/b") + " error: "), run.out());
    assertFalse(Files.exists(folder().resolve("b")));
  }

  @Test
  void checksumsThatContradictEachOtherAreNoReasonToTryAgain() throws IOException {
    String journal = work.resolve("run.ndjson").toString();
    Path sums = work.resolve("SHA256SUMS");
    Files.writeString(sums, "0".repeat(64) + "  1/a\n" + "1".repeat(64) + "  2/a\n");
    Run run = fetch("--checksums", sums.toString(), "--journal", journal, url("/a"), url("/b"));
    assertTrue(run.out().contains("several files \"a\" that differ"), run.out());
    Run again = fetch("--journal", journal, "--retryable");
    assertTrue(again.out().contains("0 files complete.\n"), again.out());
    assertEquals(0, again.status());
    assertEquals(Map.of("/b", 1), requests);
  }

  @Test
  void findsChecksumsByTheNamesOfSavedFiles() throws IOException {
    Path sums = work.resolve("SHA256SUMS");
    String wrong = "0".repeat(64) + "  ";
    Files.writeString(sums, wrong + "index\n" + wrong + "x_y\n" + wrong + "\u00e4\n");
    Path list =
        list(url("/d/"), url("/x%3Ay"), url("/other"), "  out=a\u0308", url("/b"), url("/c%3F"));
    String[] options = {"--checksums", sums.toString(), "-i", list.toString()};
    Run run = fetch(options);
    assertTrue(run.out().contains("2 files complete.\n3 errors.\n"), run.out());
    assertEquals(List.of("b", "c_"), namesIn(folder()));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void namesTheLineOfAFileOfChecksumsThatIsNotUtf8() throws IOException {
    Path sums = work.resolve("SHA256SUMS");
    String lines = ("0".repeat(64) + "  a\n").repeat(1_000) + "0".repeat(64) + "  \u00e4\n";
    Files.write(sums, lines.getBytes(ISO_8859_1));
    Run run = fetch("--checksums", sums.toString(), url("/a"));
    assertEquals(2, run.status());
    assertTrue(run.err().startsWith("sluice fetch: " + sums + ", line 1001: not UTF-8"), run.err());
  }

  @Test
  void saysThatACompressedListEndsTooEarly() throws IOException {
    Path list = Files.write(work.resolve("list.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0});
    Run run = fetch("-i", list.toString());
    assertEquals(2, run.status());
    assertTrue(run.err().contains(list + ", cannot be decompressed: it ends too early"), run.err());
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void saysByItsStatusThatAFileIsNotThere() {
    Run run = fetch(url("/none"));
    assertEquals(1, run.status());
    assertTrue(run.out().contains("0 files complete.\n1 not found.\n"), run.out());
  }

  @Test
  void plansWithoutARequest() throws IOException {
    Path list =
        list(
            url("/a"),
            url("/b") + "\thttps://m1/b\thttps://m2/b",
            "https://example.org/",
            "no url");
    Run run = fetch("--plan", "-i", list.toString(), "--rate", "1/2s", "--retries", "1");
    assertEquals(0, run.status(), run.err());
    assertEquals(
        List.of(
            "no url error: line 4: \"no url\" is no URL: allowed are http(s) URLs without user",
            "2  " + server.uri().getAuthority(),
            "1  example.org:443",
            "--------------------",
            "3 items of 2 hosts, at most 7 requests; 1 cannot be asked for.",
            "At least 2.0 s by the rates; 2.1 s if each request takes 0.1 s."),
        run.lines());
    assertEquals(Map.of(), requests);
    assertFalse(Files.exists(folder()));
  }

  @Test
  void aPlanThatIsTooLongTakesForever() throws IOException {
    Path list = list(url("/a"), url("/b"), url("/c"), url("/d"), url("/e"));
    Run run = fetch("--plan", "-i", list.toString(), "--rate", "1/999999h");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out().endsWith("At least forever by the rates; forever if each request takes 0.1 s.\n"),
        run.out());
  }

  @Test
  void aPlanSaysThatSegmentsAreRequestsOfTheirOwn() {
    Run run = fetch("--plan", "--segments", "4", "--retries", "1", url("/a"));
    assertTrue(
        run.out().contains("1 item of 1 host, at most 2 requests and those of segments.\n"),
        run.out());
  }

  @Test
  void aPlanNamesTheFaultOfAList() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream((url("/a") + "\n dir=/etc\n").getBytes(UTF_8)));
      Run run = fetch("--plan", "-i", "-");
      assertEquals(2, run.status());
      assertTrue(
          run.err().startsWith("sluice fetch: standard input, line 2: the option \"dir=/etc\""),
          run.err());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void goesOnWithWhatItsJournalSaysIsLeft() throws IOException {
    String journal = work.resolve("run.ndjson").toString();
    Path list =
        list(url("/a"), url("/busy") + "\t" + url("/busy2"), "  out=b.bin", url("/none"), "no url");
    Run first = fetch("-i", list.toString(), "--journal", journal, "--tries", "1");
    assertTrue(first.out().contains("1 file complete.\n1 not found.\n2 errors.\n"), first.out());
    isBusy = false;
    Run again = fetch("--retryable", "--journal", journal, "-v");
    assertEquals(0, again.status(), again.err());
    assertTrue(again.out().contains("1 file complete.\n"), again.out());
    assertArrayEquals(content("/busy"), Files.readAllBytes(folder().resolve("b.bin")));
    int before = requests.values().stream().mapToInt(Integer::intValue).sum();
    Run third = fetch("-i", list.toString(), "--journal", journal, "--resume");
    assertEquals("3 of 4 are done.\n", third.err().lines().findFirst().orElse("") + "\n");
    assertTrue(third.out().contains("0 files complete.\n1 error.\n"), third.out());
    assertEquals(before, requests.values().stream().mapToInt(Integer::intValue).sum());
    Run none = fetch("-i", list.toString(), "--journal", journal, "--retryable");
    assertTrue(none.out().contains("0 files complete.\n"), none.out());
    assertFalse(none.err().contains("are done"), none.err());
    Files.delete(folder().resolve("a"));
    Run fourth = fetch("-i", list.toString(), "--journal", journal, "--resume");
    assertTrue(fourth.out().contains("1 file complete.\n1 error.\n"), fourth.out());
  }

  @Test
  void urlsThatDifferInWhatLooksLikeAPasswordAreTwoItems() throws IOException {
    String journal = work.resolve("run.ndjson").toString();
    String first = url("/x?t=10:20@z");
    fetch(first, "--number", "--journal", journal);
    Path list = list(first, url("/x?t=30:40@z"), url("/busy?t=1:2@y"));
    Run second =
        fetch("-i", list.toString(), "--number", "--tries=1", "--journal", journal, "--resume");
    assertTrue(second.err().startsWith("1 of 3 are done."), second.err());
    assertTrue(second.out().contains("1 file complete.\n1 error.\n"), second.out());
    assertTrue(second.out().contains("  " + url("/busy?t=1:2@y") + " error: 503"), second.out());
    isBusy = false;
    Run again = fetch("--retryable", "--journal", journal, "-v");
    assertEquals(0, again.status(), again.err());
    assertTrue(again.out().startsWith(url("/busy?t=1:2@y") + " "), again.out());
  }

  @Test
  void aRefusedUrlIsNotTheSameItemAsTheOneWithoutItsUser() throws IOException {
    Path journal = work.resolve("run.ndjson");
    Path list = list(url("/busy"), url("/busy").replace("//", "//me:secret@"));
    Run first = fetch("-i", list.toString(), "--tries=1", "--journal", journal.toString());
    assertFalse((first.out() + Files.readString(journal)).contains("secret"), first.out());
    isBusy = false;
    Run again = fetch("--retryable", "--journal", journal.toString());
    assertTrue(again.out().contains("1 file complete.\n"), again.out());
    Run third = fetch("-i", list.toString(), "--journal", journal.toString(), "--resume");
    assertTrue(third.err().startsWith("1 of 2 are done."), third.err());
  }

  @Test
  void aRunThatGoesOnKeepsTheFilesOfTheFirst() throws IOException {
    String journal = work.resolve("run.ndjson").toString();
    fetch("-i", list(url("/a")).toString(), "--journal", journal);
    Path longer = list(url("/a"), url("/x/a"));
    Run refused = fetch("-i", longer.toString(), "--journal", journal, "--resume", "-v");
    assertTrue(refused.out().contains("already used by " + url("/a")), refused.out());
    assertArrayEquals(content("/a"), Files.readAllBytes(folder().resolve("a")));
    Run numbered = fetch("-i", longer.toString(), "--journal", journal, "--resume", "--number");
    assertEquals(0, numbered.status(), numbered.err());
    assertArrayEquals(content("/a"), Files.readAllBytes(folder().resolve("a")));
    assertArrayEquals(content("/x/a"), Files.readAllBytes(folder().resolve("a_2")));
  }

  @Test
  void noDownloadReplacesAFileOfTheRunItself() throws IOException {
    Path list =
        list(url("/a"), url("/run.ndjson"), url("/LIST.txt"), url("/sums"), url("/report.html"));
    Files.createDirectories(folder());
    Files.copy(list, folder().resolve("list.txt"));
    Files.createFile(folder().resolve("sums"));
    String[] options = {
      "-i",
      folder().resolve("list.txt").toString(),
      "--journal",
      folder().resolve("run.ndjson").toString(),
      "--checksums",
      folder().resolve("sums").toString(),
      "--report=" + folder().resolve("report.html")
    };
    Run run = fetch(options);
    assertTrue(run.out().contains("1 file complete.\n4 errors.\n"), run.out());
    assertTrue(
        run.out().contains("the file name \"run.ndjson\" is already used by the run itself"),
        run.out());
    assertEquals(5, Files.readAllLines(folder().resolve("run.ndjson")).size());
    assertTrue(Files.readString(folder().resolve("report.html")).contains("<html"));
    Run numbered =
        fetch(Stream.concat(Stream.of(options), Stream.of("--number")).toArray(String[]::new));
    assertEquals(0, numbered.status(), numbered.err());
    assertArrayEquals(content("/run.ndjson"), Files.readAllBytes(folder().resolve("run_2.ndjson")));
  }

  @Test
  void readsStandardInputUpToItsFault() throws IOException {
    InputStream before = System.in;
    try {
      String text = url("/a") + "\n" + url("/b") + "\n dir=/etc\n" + url("/c") + "\n";
      System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
      Run run = fetch("-i", "-");
      assertEquals(1, run.status());
      assertTrue(run.out().contains("1 file complete.\n"), run.out());
      assertFalse(run.out().contains("not finished"), run.out());
      assertEquals(
          "standard input, line 3: the option \"dir=/etc\": allowed are out=NAME and"
              + " checksum=TYPE=HEX, each once\n",
          run.err());
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                                | give URLs, or -i FILE, or -i - for standard input",
        "-i no-such-file                 | 'no-such-file' is not a file that can be read",
        "ftp://h/a                       | \"ftp://h/a\" is no URL: allowed are http(s) URLs",
        "http://h/a http://user:pw@h/    | \"http://h/\" is no URL: allowed are http(s) URLs",
        "--tries 2 --retries 1 http://h/ | --tries and --retries: allowed is one of them",
        "--names name http://h/          | 'name': allowed are url, server, or a template",
        "--names {nam} http://h/         | \"{nam}\" has {nam}; known are ",
        "--plan --report http://h/       | --plan and --report: a plan has no run to report of",
        "--journal= http://h/            | --journal: the name of a file is missing",
        "--checksums none http://h/      | 'none' is not a file that can be read",
      })
  void refusesBadUsage(String arguments, String message) {
    Run run = fetch(arguments == null ? new String[0] : arguments.split(" ", -1));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void refusesAListBeforeTheFirstRequest() throws IOException {
    Path list = list(url("/a"), " dir=/etc");
    Run run = fetch("-i", list.toString());
    assertEquals(2, run.status());
    assertTrue(
        run.err().startsWith("sluice fetch: " + list + ", line 2: the option \"dir=/etc\""),
        run.err());
    assertEquals(2, fetch("-i", list("# nothing").toString()).status());
    assertEquals(Map.of(), requests);
  }
}
