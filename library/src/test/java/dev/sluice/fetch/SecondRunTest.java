package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.etag;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.header;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Exchange;
import dev.sluice.Outcome.Failure;
import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloaded.Unchanged;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later run finds, and what it asks for. */
class SecondRunTest {
  private static final byte[] CONTENT = content(1, LARGE);
  private static final String MODIFIED = "Tue, 15 Nov 1994 12:45:26 GMT";

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

  @Test
  void anUnchangedFileCostsOneRequestAndNoBody() throws IOException {
    for (int length : new int[] {10, LARGE}) {
      URI url = fixture.server.serve(length + ".bin", content(2, length));
      fixture.download(url);
      Unchanged unchanged = assertInstanceOf(Unchanged.class, fixture.download(url));
      assertEquals(length, unchanged.file().bytes());
    }
    assertEquals(4, fixture.server.requests().size());
  }

  /** Sends this to a request with a condition, and the file to others. */
  private void answerConditions(String response) {
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          boolean isConditional = header(exchange, "If-None-Match") != null;
          if (isConditional) {
            exchange.send(response);
          }
          return isConditional;
        });
  }

  @Test
  void anotherVersionThatIsSaidToBeUnchangedIsFetched() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    answerConditions("HTTP/1.1 304 Not Modified\r\nETag: \"other\"\r\n\r\n");

    assertInstanceOf(Fetched.class, fixture.download(url));
    assertEquals(3, fixture.server.requests().size());
  }

  @Test
  void aWeakFormOfTheSameVersionIsUnchanged() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 304 Not Modified\r\nETag: W/" + etag(file) + "\r\n\r\n");
          return true;
        });

    assertInstanceOf(Unchanged.class, fixture.download(url));
  }

  @Test
  void aServerThatRefusesConditionsIsAskedWithoutThem() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    answerConditions("HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n");

    assertInstanceOf(Fetched.class, fixture.download(url));
  }

  @Test
  void aTrustedFileCostsNoRequest() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    var outcome = fixture.outcome(Download.of(url), Downloads::withTrust);
    assertEquals(0, assertInstanceOf(Unchanged.class, outcome.orElseThrow()).status());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void aChangedFileIsFetchedAgain() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    fixture.server.serve("x.bin", content(2, LARGE));
    assertInstanceOf(Fetched.class, fixture.download(url));
    assertArrayEquals(content(2, LARGE), fixture.content("x.bin"));
    assertInstanceOf(Unchanged.class, fixture.download(url));
  }

  @Test
  void aFileThatWasEditedOrRemovedHereIsFetchedAgain() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    Path file = fixture.download(url).file().path();
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    assertInstanceOf(Fetched.class, fixture.download(url));
    Files.delete(file);
    assertInstanceOf(Fetched.class, fixture.download(url));
    Files.write(file, content(9, LARGE));
    // In the same millisecond as the download, the edit could not be seen.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    assertInstanceOf(Fetched.class, fixture.download(url));
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aFileThatCameFromAnotherUrlIsFetchedAgain() throws IOException {
    URI one = fixture.server.serve("a/x.bin", CONTENT);
    URI two = fixture.server.serve("b/x.bin", content(2, LARGE));
    fixture.download(one);
    assertInstanceOf(Fetched.class, fixture.download(two));
    assertInstanceOf(Fetched.class, fixture.download(one));
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aRunWithoutReplacingLeavesAFileToItsUrl() throws IOException {
    URI one = fixture.server.serve("a/x.bin", CONTENT);
    URI two = fixture.server.serve("b/x.bin", content(2, LARGE));
    fixture.download(one);
    var refused = fixture.outcome(Download.of(two), Downloads::withoutReplacing);
    Failure<?, ?> failure = assertInstanceOf(Failure.class, refused);
    assertInstanceOf(FileNameTakenException.class, failure.cause());
    assertEquals(
        "the file name \"x.bin\" is already used by "
            + one
            + " in an earlier run (upper and lower case are the same)",
        failure.cause().getMessage());
    var numbered = fixture.outcome(Download.of(two), all -> all.withoutReplacing().withNumbering());
    assertInstanceOf(Fetched.class, numbered.orElseThrow());
    assertArrayEquals(content(2, LARGE), fixture.content("x_2.bin"));
    for (URI url : List.of(two, one)) {
      var again = fixture.outcome(Download.of(url), all -> all.withoutReplacing().withNumbering());
      assertInstanceOf(Unchanged.class, again.orElseThrow());
    }
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aRunWithoutReplacingReplacesAFileThatWasEditedHere() throws IOException {
    URI one = fixture.server.serve("a/x.bin", CONTENT);
    URI two = fixture.server.serve("b/x.bin", content(2, LARGE));
    Files.write(fixture.download(one).file().path(), new byte[] {1}, StandardOpenOption.APPEND);
    var outcome = fixture.outcome(Download.of(two), Downloads::withoutReplacing);
    assertInstanceOf(Fetched.class, outcome.orElseThrow());
  }

  @Test
  void anExpectedChecksumThatWasNotCheckedIsCheckedNow() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    Checksum right = Checksum.of("sha-256", digestOf(CONTENT));
    var outcome = fixture.outcome(Download.of(url).withChecksum(right), Downloads::withTrust);
    assertInstanceOf(Fetched.class, outcome.orElseThrow());
    var again = fixture.outcome(Download.of(url).withChecksum(right), Downloads::withTrust);
    assertEquals(right, assertInstanceOf(Unchanged.class, again.orElseThrow()).digest());
  }

  private static java.security.MessageDigest digestOf(byte[] content) {
    java.security.MessageDigest digest = Checksum.digest("sha-256");
    digest.update(content);
    return digest;
  }

  @Test
  void aTornRecordIsIgnored() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.download(url);
    Path records = fixture.folder.path().resolve(RECORDS);
    String whole = Files.readString(records);
    Files.writeString(records, whole.substring(0, whole.length() - 9));
    assertInstanceOf(Fetched.class, fixture.download(url));
    assertInstanceOf(Unchanged.class, fixture.download(url));
    assertEquals(2, Files.readString(records).lines().count());
  }

  @Test
  void theModificationTimeIsTheServers() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script("x.bin", (exchange, file) -> dated(exchange, file, 2));
    Path file = fixture.download(url).file().path();
    assertEquals(
        Instant.parse("1994-11-15T12:45:26Z"), Files.getLastModifiedTime(file).toInstant());
    assertInstanceOf(Unchanged.class, fixture.download(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Mon, 01 Jan 1601 00:00:00 GMT",
        "Wed, 31 Dec 1969 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 2999 23:59:59 GMT"
      })
  void aDateThatIsNoTimeOfAFileTellsTheVersionAllTheSame(String date) throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    String head = "HTTP/1.1 200 OK\r\nLast-Modified: " + date + "\r\nContent-Length: 5\r\n\r\n";
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          boolean isConditional = date.equals(header(exchange, "If-Modified-Since"));
          exchange.send(isConditional ? "HTTP/1.1 304 Not Modified\r\n\r\n" : head + "hello");
          return true;
        });
    assertInstanceOf(Fetched.class, fixture.download(url));
    assertInstanceOf(Unchanged.class, fixture.download(url));
  }

  @Test
  void anOldDateResumesAndAFreshOneDoesNot() throws IOException {
    for (int age = 0; age <= 1; age++) {
      int seconds = age;
      String path = age + ".bin";
      URI url = fixture.server.serve(path, CONTENT);
      fixture.server.script(path, (exchange, file) -> dated(exchange, file, seconds));
      // The first response breaks off, and is asked for again by the same run.
      Fetched fetched = assertInstanceOf(Fetched.class, fixture.download(url));
      assertEquals(age == 0 ? 0 : LARGE / 2, fetched.resumedAt());
      assertArrayEquals(CONTENT, fixture.content(path));
    }
  }

  private int broken;

  /** A file without an ETag; the first response for it is cut off. */
  private boolean dated(Exchange exchange, byte[] file, int age) throws IOException {
    String dates =
        "Last-Modified: "
            + MODIFIED
            + "\r\nDate: Tue, 15 Nov 1994 12:45:2"
            + (6 + age)
            + " GMT\r\n";
    if (MODIFIED.equals(header(exchange, "If-Modified-Since"))) {
      exchange.send("HTTP/1.1 304 Not Modified\r\n\r\n");
    } else if (firstByte(exchange) >= 0 && MODIFIED.equals(header(exchange, "If-Range"))) {
      exchange.send(
          RangeServer.partHead(file, firstByte(exchange)).replaceFirst("ETag: .*\r\n", dates));
      exchange.send(RangeServer.rest(file, firstByte(exchange)));
    } else {
      exchange.send(RangeServer.ok(file).replaceFirst("ETag: .*\r\n", dates));
      boolean isBroken = age < 2 && broken++ % 2 == 0;
      exchange.send(isBroken ? firstHalf(file) : file);
      if (isBroken) {
        exchange.hangUp();
      }
    }
    return true;
  }

  @Test
  void aWeakETagDoesNotResume() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    int[] requests = {0};
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(RangeServer.ok(file).replace("ETag: ", "ETag: W/"));
          exchange.send(requests[0]++ == 0 ? firstHalf(file) : file);
          if (requests[0] == 1) {
            exchange.hangUp();
          }
          return true;
        });
    assertEquals(0, assertInstanceOf(Fetched.class, fixture.download(url)).resumedAt());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aPartThatIsWholeAlreadyCostsNoBody() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    Validators validators = new Validators(RangeServer.etag(CONTENT), "", false);
    try (PartialFile part =
        PartialFiles.in(fixture.folder).open("name x.bin", FileName.of("x.bin"))) {
      part.begin(new PartRecord(url.toString(), validators, LARGE).json());
      part.append(ByteBuffer.wrap(CONTENT));
    }

    Fetched fetched = assertInstanceOf(Fetched.class, fixture.download(url));

    assertEquals(416, fetched.status());
    assertEquals(0, fetched.fetchedBytes());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files());
    assertInstanceOf(Unchanged.class, fixture.download(url));
  }

  @Test
  void aRedirectKeepsTheRange() throws IOException {
    fixture.server.serve("x.bin", CONTENT);
    URI url = fixture.server.serve("link/x.bin", CONTENT);
    fixture.server.script(
        "link/x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 302 Found\r\nLocation: /x.bin\r\nContent-Length: 0\r\n\r\n");
          return true;
        });
    fixture.server.script("x.bin", DownloadFixture::half);
    DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), Download.of(url));
    fixture.server.script("x.bin", (exchange, file) -> false);
    assertEquals(LARGE / 2, assertInstanceOf(Fetched.class, fixture.download(url)).resumedAt());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void timesInAllFormatsAreRead() {
    // The examples of RFC 9110, section 5.6.7.
    for (String text :
        List.of(
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994")) {
      Headers headers = Headers.of("Date", text);
      assertEquals(Instant.parse("1994-11-06T08:49:37Z"), HttpTime.of(headers, "Date"), text);
    }
    for (String text : List.of("", "never", "Sun, 06 Xyz 1994 08:49:37 GMT")) {
      assertEquals(null, HttpTime.of(Headers.of("Date", text), "Date"), text);
    }
  }

  @Test
  void recordsSurviveAnyText() throws IOException {
    String odd = "a\"b\\c\u0001\u00e9\ud83d\ude00\u007f/";
    FinishedFile record = new FinishedFile(odd, odd, Validators.NONE, 5, Instant.EPOCH, null);
    assertEquals(record, FinishedFile.parse(record.json()));
  }

  @Test
  void anEmptyFileAndABodyInChunksAreWhole() throws IOException {
    URI empty = fixture.server.serve("empty.bin", new byte[0]);
    assertEquals(0, fixture.download(empty).file().bytes());
    assertInstanceOf(Unchanged.class, fixture.download(empty));
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          exchange.send(Integer.toHexString(file.length) + "\r\n");
          exchange.send(file);
          exchange.send("\r\n0\r\n\r\n");
          return true;
        });
    fixture.download(url);
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aPasswordIsSentAndWrittenNowhere() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    URI secret = URI.create(url.toString().replace("http://", "http://me:secret@"));
    Downloaded downloaded = fixture.download(secret);
    assertEquals(
        "Basic bWU6c2VjcmV0",
        fixture.server.requests().get(0).stream()
            .filter(line -> line.startsWith("Authorization: "))
            .findFirst()
            .orElse("")
            .replace("Authorization: ", ""));
    String all = Files.readString(fixture.folder.path().resolve(RECORDS), StandardCharsets.UTF_8);
    assertEquals(-1, (all + downloaded).indexOf("secret"));
  }
}
