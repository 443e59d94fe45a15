package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Outcome;
import dev.sluice.disk.FileName;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files: from URLs, templates and servers, and two downloads with one name. */
class DownloadNamesTest {
  private static final byte[] CONTENT = content(1, 100);

  @TempDir Path outside;
  private DownloadFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new DownloadFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/b.txt, b.txt",
    "http://h/a/b.txt?x=1#y, b.txt",
    "http://h/, index",
    "http://h, index",
    "http://h/a/, index",
    "http://h/a%20b.txt, a b.txt",
    "http://h/na%C3%AFve.txt, naïve.txt",
    "http://h/..%2F..%2Fetc%2Fpasswd, .._.._etc_passwd",
    "http://h/%2e%2e, _",
    "http://h/a%00b, a_b",
    "http://h/nul.txt, _nul.txt",
    "http://h/.sluice-x, _.sluice-x",
    "http://h/50%, 50%",
  })
  void aNameComesFromTheUrl(String url, String name) {
    // The JDK's parser refuses a lone percent sign.
    URI uri = URI.create(url.endsWith("%") ? url + "25" : url);
    assertEquals(name, FileNaming.fromUrl().name(uri).value());
  }

  @Test
  void everyTextHasASafeName() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(400);
      for (int j = 0; j < length; j++) {
        int any = random.nextInt(10) < 7 ? random.nextInt(0x80) : random.nextInt(0x10000);
        text.append(random.nextInt(5) == 0 ? " ./\\".charAt(random.nextInt(4)) : (char) any);
      }
      FileName safe = FileName.safe(text.toString());
      assertEquals(safe, FileName.of(safe.value()));
    }
  }

  @Test
  void aTemplateHasPartsOfTheUrl() {
    URI url = URI.create("http://example.org:81/a/b.tar.gz?v=2");
    assertEquals(
        "example.org-81-b.tar-.gz-a_b.tar.gz-v=2-b.tar.gz",
        FileNaming.template("{host}-{port}-{stem}-{extension}-{path}-{query}-{name}")
            .name(url)
            .value());
    assertEquals(
        "template: \"{nam}\" has {nam}; known are"
            + " [extension, host, name, path, port, query, stem]",
        assertThrows(IllegalArgumentException.class, () -> FileNaming.template("{nam}"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attachment; filename=\"a b.txt\" | a b.txt",
        "attachment; filename=a.txt | a.txt",
        "attachment; filename=\"x.txt\"; filename*=UTF-8''na%C3%AFve.txt | naïve.txt",
        "attachment; filename*=iso-8859-1'en'na%EFve.txt; filename=x | naïve.txt",
        "attachment; filename*=koi8-r''x; filename=plain.txt | plain.txt",
        "attachment; filename*=UTF-8''%ff%fe.txt; filename=plain.txt | plain.txt",
        "attachment; filename*=UTF-8''100%.txt; filename=plain.txt | plain.txt",
        "attachment; filename*=UTF-8''%e9.txt | from-url.bin",
        "attachment; filename=\"../../etc/passwd\" | passwd",
        "attachment; filename=\"C:\\\\temp\\\\x.exe\" | x.exe",
        "attachment; filename=\"a\\\"b.txt\" | a_b.txt",
        "ATTACHMENT;FILENAME = \"c.txt\" | c.txt",
        "attachment; filename=\"..\" | from-url.bin",
        "attachment; filename=\"\" | from-url.bin",
        "attachment; filename=\".sluice-files.ndjson\" | _.sluice-files.ndjson",
        "inline | from-url.bin",
      })
  void aNameComesFromTheServer(String disposition, String name) throws IOException {
    URI url = serveAs("from-url.bin", disposition);
    assertEquals(fixture.folder.path().resolve(name), saved(url).orElseThrow().file().path());
  }

  private URI serveAs(String path, String disposition) {
    URI url = fixture.server.serve(path, CONTENT);
    fixture.server.script(
        path,
        (exchange, file) -> {
          String head =
              ok(file).replace("ETag", "Content-Disposition: " + disposition + "\r\nETag");
          exchange.send(head);
          exchange.send(file);
          return true;
        });
    return url;
  }

  private Outcome<Download, Downloaded> saved(URI url) {
    return fixture.outcome(
        Download.of(url), it -> it.withNaming(FileNaming.fromContentDisposition()));
  }

  @Test
  void aServerDoesNotChooseWhichFileIsReplaced() throws IOException {
    Path folder = Files.createDirectories(fixture.folder.path());
    Path own = Files.writeString(folder.resolve(".profile"), "mine");
    URI url = serveAs("from-url.bin", "attachment; filename=\".profile\"");
    var outcome = saved(url);
    assertEquals(
        "the file name \".profile\" is already used by a file that no download has made (upper and"
            + " lower case are the same)",
        DownloadFailuresTest.message(outcome));
    assertEquals("mine", Files.readString(own));
    Files.delete(own);
    assertEquals(own, saved(url).orElseThrow().file().path());
    // Its own file of an earlier run, also one that was changed.
    Files.writeString(own, "changed");
    assertEquals(CONTENT.length, saved(url).orElseThrow().file().bytes());
  }

  @Test
  void aServerDoesNotReplaceTheFileOfAnotherUrl() throws IOException {
    URI one = serveAs("one.bin", "attachment; filename=same.bin");
    URI two = serveAs("two.bin", "attachment; filename=same.bin");
    Path first = saved(one).orElseThrow().file().path();
    assertEquals(
        "the file name \"same.bin\" is already used by "
            + one
            + " in an earlier run (upper and lower case are the same)",
        DownloadFailuresTest.message(saved(two)));
    Downloaded numbered =
        fixture
            .outcome(
                Download.of(two),
                it -> it.withNaming(FileNaming.fromContentDisposition()).withNumbering())
            .orElseThrow();
    assertEquals(first.resolveSibling("same_2.bin"), numbered.file().path());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aUrlKeepsItsOwnFileBesideOthersThatWantIt(boolean isUnchanged) throws IOException {
    URI one = serveAs("one.bin", "attachment; filename=same.bin");
    URI two = serveAs("two.bin", "attachment; filename=same.bin");
    Path first = saved(one).orElseThrow().file().path();
    if (isUnchanged) {
      fixture.server.script("one.bin", (exchange, file) -> false);
    }
    var pipeline = fixture.downloads().withNaming(FileNaming.fromContentDisposition()).pipeline();
    assertInstanceOf(Outcome.Failure.class, pipeline.run(Download.of(two)).blockingGet());
    Downloaded again = pipeline.run(Download.of(one)).blockingGet().orElseThrow();
    assertEquals(first, again.file().path());
  }

  @Test
  void noDownloadReplacesAFileThatTheRunNeeds() throws IOException {
    Path folder = fixture.folder.path();
    Path journal = folder.resolve("run.ndjson");
    URI url = fixture.server.serve("Run.ndjson", CONTENT);
    // Also one that an earlier run has made.
    assertEquals(folder.resolve("Run.ndjson"), fixture.download(url).file().path());
    Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
    Path toFile = Files.createSymbolicLink(outside.resolve("other"), folder.resolve("Run.ndjson"));
    for (Path named :
        List.of(
            journal, folder.resolve("../files/run.ndjson"), link.resolve("run.ndjson"), toFile)) {
      assertEquals(
          "the file name \"Run.ndjson\" is already used by the run itself (upper and lower case are"
              + " the same)",
          DownloadFailuresTest.message(
              fixture.outcome(Download.of(url), it -> it.withReserved(named))));
    }
    Downloaded numbered =
        fixture
            .outcome(Download.of(url), it -> it.withReserved(journal).withNumbering())
            .orElseThrow();
    assertEquals(folder.resolve("Run_2.ndjson"), numbered.file().path());
  }

  @Test
  void aFileOfAnotherFolderReservesNoName() throws IOException {
    URI url = fixture.server.serve("run.ndjson", CONTENT);
    Downloaded saved =
        fixture
            .outcome(
                Download.of(url),
                it ->
                    it.withReserved(outside.resolve("run.ndjson"))
                        .withReserved(Path.of("run.ndjson"))
                        .withReserved(Path.of("/")))
            .orElseThrow();
    assertEquals(fixture.folder.path().resolve("run.ndjson"), saved.file().path());
  }

  /** Over some transports, each octet of a header is a character. */
  @ParameterizedTest
  @CsvSource({"nÃ¤.txt, nä.txt", "n\u00e4.txt, nä.txt", "ä日.txt, ä日.txt"})
  void octetsAreUtf8OrElseLatin1(String received, String name) {
    String header = "attachment; filename=\"" + received + "\"";
    assertEquals(name, ContentDisposition.fileName(header));
  }

  @Test
  void aLongContentDispositionIsNoProblem() {
    String header = "attachment; filename=\"" + "\\a".repeat(900) + "\"";
    assertEquals("a".repeat(900), ContentDisposition.fileName(header));
  }

  @Test
  void anUnsafeNameThatWasGivenIsAFailureWithoutARequest() {
    URI url = fixture.server.serve("x.bin", CONTENT);
    var outcome = fixture.outcome(Download.of(url).withFileName("../x"));
    assertEquals(
        url + ": the file name \"../x\" has '/'",
        DownloadFailuresTest.message(outcome).replaceFirst(";.*", ""));
    assertEquals(List.of(), fixture.server.requests());
  }

  @Test
  void twoDownloadsNeverHaveOneName() {
    URI one = fixture.server.serve("a/x.bin", CONTENT);
    URI two = fixture.server.serve("b/X.bin", CONTENT);
    var outcomes =
        fixture
            .downloads()
            .downloadAll(Flowable.just(one, two).map(Download::of))
            .toList()
            .test()
            .awaitDone(10, TimeUnit.SECONDS)
            .values()
            .get(0);
    assertEquals(2, outcomes.size());
    assertEquals(1, outcomes.stream().filter(it -> it instanceof Outcome.Success).count());
    var failed = outcomes.stream().filter(it -> it instanceof Outcome.Failure).findFirst();
    assertInstanceOf(
        FileNameTakenException.class,
        ((Outcome.Failure<Download, Downloaded>) failed.orElseThrow()).cause());
  }

  @Test
  void numberedDownloadsHaveNamesOfTheirOwn() throws IOException {
    URI one = fixture.server.serve("a/x.bin", CONTENT);
    URI two = fixture.server.serve("b/x.bin", CONTENT);
    fixture
        .downloads()
        .withNumbering()
        .downloadAll(Flowable.just(one, two).map(Download::of))
        .test()
        .awaitDone(10, TimeUnit.SECONDS)
        .assertValueCount(2)
        .assertComplete();
    assertEquals(List.of(DownloadFixture.RECORDS, "x.bin", "x_2.bin"), fixture.files());
  }

  @Test
  void aDownloadIsAnHttpUrlWithAHost() {
    assertEquals(
        "url: ftp://h/x, must be an absolute http or https URL with a host",
        assertThrows(
                IllegalArgumentException.class, () -> Download.of(URI.create("ftp://me:pw@h/x")))
            .getMessage());
    for (String url :
        List.of("/x", "http://h:99999/x", "http://[::1]:0/x", "http://[fe80::1%25eth0]/x")) {
      assertThrows(IllegalArgumentException.class, () -> Download.of(URI.create(url)), url);
    }
    assertEquals("http://h/x", Download.of(URI.create("http://me:pw@h/x#y")).toString());
  }
}
