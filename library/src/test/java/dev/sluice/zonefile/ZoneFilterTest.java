package dev.sluice.zonefile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DomainName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ZoneFilterTest {
  private static final String HEAD =
      """
      com.	900	in	soa	a.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 86400
      com.	172800	in	ns	a.gtld-servers.net.
      """;
  private static final Instant AS_OF = Instant.parse("2026-11-28T06:00:00Z");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("com.filter");
  }

  private ZoneFilter filter(String zoneFile) throws IOException {
    return ZoneFilter.write(
        new ByteArrayInputStream(zoneFile.getBytes(US_ASCII)), "com.txt", AS_OF, file());
  }

  private static String zone(Stream<String> names) {
    StringBuilder text = new StringBuilder(HEAD);
    names.forEach(
        name ->
            text.append(name)
                .append(".\t172800\tin\tns\tns1.")
                .append(name)
                .append(".\n")
                .append(name)
                .append(".\t172800\tin\tns\tns2.example.net.\n"));
    return text.toString();
  }

  private static boolean contains(ZoneFilter filter, String name) {
    return filter.mayContain(DomainName.of(name));
  }

  private static long found(ZoneFilter filter, IntStream numbers, String pattern) {
    return numbers.mapToObj(pattern::formatted).filter(name -> contains(filter, name)).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 1_000, 60_000})
  void hasEachNameOfTheZone(int size) throws IOException {
    ZoneFilter filter = filter(zone(IntStream.range(0, size).mapToObj("name-%d.com"::formatted)));

    assertEquals(size, filter.names());
    assertEquals(size, found(filter, IntStream.range(0, size), "name-%d.com"));
  }

  @Test
  void hasOneIn256OfTheOtherNames() throws IOException {
    ZoneFilter filter = filter(zone(IntStream.range(0, 50_000).mapToObj("n%d.com"::formatted)));

    long wrong = found(filter, IntStream.range(0, 100_000), "other%d.com");

    assertTrue(wrong > 250 && wrong < 550, wrong + " of 100,000");
  }

  @Test
  void takesLessThanAByteAndAThirdForAName() throws IOException {
    ZoneFilter filter = filter(zone(IntStream.range(0, 100_000).mapToObj("n%d.com"::formatted)));

    assertTrue(filter.bytes() <= 1.3 * filter.names(), filter.bytes() + " bytes");
    assertEquals(Files.size(file()), filter.bytes());
  }

  @Test
  void isTheSameWhenOpenedAgain() throws IOException {
    filter(zone(Stream.of("await.com", "async.com")));

    ZoneFilter filter = ZoneFilter.open(file());

    assertEquals("com", filter.zone());
    assertEquals(2, filter.names());
    assertEquals(AS_OF, filter.asOf());
    assertEquals("com: 2 names of " + AS_OF, filter.toString());
    assertTrue(contains(filter, "await.com") && contains(filter, "async.com"));
  }

  @Test
  void aZoneMayHaveOneName() throws IOException {
    assertEquals("com: 1 name of " + AS_OF, filter(zone(Stream.of("await.com"))).toString());
  }

  @Test
  void readsAnyZoneFile() throws IOException {
    ZoneFilter filter =
        filter(
            """
            ; a comment
            $TTL 2d
            $ORIGIN COM.
            @ IN SOA a.gtld-servers.net. root ( 1 ; serial
                1800 900
                604800 86400 )
               IN NS a.gtld-servers.net.
            relative 60 IN NS ns1
              IN NS ns2 ; of the same owner
            Upper IN 60 NS ns
            $ORIGIN sub.com.
            low ( IN
              NS ) ns
            absolute.com. NS ns
            text.com. TXT "ns ( ; " "\\" x"
            after.com.\tns\tns.com.\r
            glue.com. A 192.0.2.1
            a\\.b.com. NS ns
            com.net. NS ns
            xcom. NS ns
            text.com. DS 1 8 2 00

            last.com. ns ns.com.\
            """);

    List<String> delegated =
        List.of(
            "relative.com", "upper.com", "low.sub.com", "absolute.com", "after.com", "last.com");
    assertEquals(delegated.size(), filter.names());
    delegated.forEach(name -> assertTrue(contains(filter, name), name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFcom. SOA ns a 1 2 3 4 5\nawait.com. NS ns.com.\n",
        "\uFEFF$ORIGIN com.\n@ SOA ns a 1 2 3 4 5\nawait NS ns\n",
        "\uFEFF; a comment\ncom. SOA ns. a. 1 2 3 4 5\nawait.com. NS ns.com.\n",
        "$ORIGIN .\ncom\tIN SOA\tns. a. (\n\t1 2 3 4 5 )\n\tNS\tns.\n$ORIGIN com.\nawait\tNS\tns\n",
        "$ORIGIN .\ncom SOA ns a 1 2 3 4 5\nawait.com NS ns\n",
        "com. SOA ns. a. 1 2 3 4 5\n\\097wait.com. NS ns.com.\n",
        "com. SOA ns. a. 1 2 3 4 5\n\\065W\\Ait\\.com. NS ns.com.\n\\065W\\Ait.com. NS ns.com.\n",
        "\\099om. SOA ns. a. 1 2 3 4 5\nawait.com. NS ns.com.\n",
      })
  void hasTheNameHoweverItIsWritten(String text) throws IOException {
    ZoneFilter filter =
        ZoneFilter.write(new ByteArrayInputStream(text.getBytes(UTF_8)), "com.txt", AS_OF, file());

    assertEquals("com", filter.zone());
    assertEquals(1, filter.names());
    assertTrue(contains(filter, "await.com"));
  }

  @Test
  void hasNoNameWithAnOctetThatIsNotOfHosts() throws IOException {
    ZoneFilter filter =
        filter(HEAD + "a\\046b.com. NS ns\na\\300.com. NS ns\na\\1.com. NS ns\n\\@.com. NS ns\n");

    assertEquals(0, filter.names());
  }

  @Test
  void saysThatTheNamesAreOfAnotherZone() {
    ZoneFileException e =
        assertThrows(
            ZoneFileException.class,
            () -> filter("dev. SOA ns. a. 1 2 3 4 5\ndev. NS ns.\nawait.com. NS ns.\n"));

    assertEquals(
        "com.txt: line 4: no NS record is of a name below \"dev\", which the SOA record is of; the"
            + " first one is of \"await.com\"",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.", "a/b.com.", "300", "600"})
  void refusesAZoneWhoseNameIsNone(String name) throws IOException {
    String apex = name.matches("[0-9]+") ? "a".repeat(Integer.parseInt(name)) + "." : name;
    ZoneFileException e =
        assertThrows(
            ZoneFileException.class,
            () -> filter(apex.replace(" ", "\\032") + " SOA ns. a. 1 2 3 4 5\n"));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("com.txt: line 1: the SOA record is of "), message);
    assertTrue(message.endsWith(", which is no domain name"), message);
    assertOnly();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 10, 30, 46, 47, 49})
  void saysThatAFileIsCutOff(int length) throws IOException {
    byte[] whole = gzip("com. SOA ns. a. 1 2 3 4 5\na.com. NS ns.\n");
    Path zoneFile = Files.write(folder.resolve("com.gz"), Arrays.copyOf(whole, length));

    ZoneFileException e =
        assertThrows(ZoneFileException.class, () -> ZoneFilter.write(zoneFile, file()));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(zoneFile + ": "), message);
    assertTrue(message.contains("gzip: the file is cut off"), message);
  }

  @Test
  void saysThatAFileIsNoGzip() throws IOException {
    byte[] head = {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 0};
    Path zoneFile = Files.write(folder.resolve("com.gz"), head);

    ZoneFileException e =
        assertThrows(ZoneFileException.class, () -> ZoneFilter.write(zoneFile, file()));

    assertEquals(zoneFile + ": gzip: Unsupported compression method", e.getMessage());
  }

  @Test
  void countsANameOnceWhereverItIsRepeated() throws IOException {
    ZoneFilter filter = filter(zone(Stream.of("a.com", "b.com", "a.com", "c.com", "b.com")));

    assertEquals(3, filter.names());
    assertTrue(contains(filter, "b.com"));
  }

  @Test
  void hasTheTopLevelDomainsOfTheRoot() throws IOException {
    ZoneFilter filter =
        filter(". 86400 IN SOA a. b. 1 2 3 4 5\n. IN NS a.root-servers.net.\ndev. IN NS ns.dev.\n");

    assertEquals("", filter.zone());
    assertEquals(1, filter.names());
    assertTrue(contains(filter, "dev"));
  }

  @Test
  void hasNoNamesOfOtherZones() throws IOException {
    ZoneFilter filter = filter(zone(IntStream.range(0, 1_000).mapToObj("n%d.com"::formatted)));

    assertEquals(0, found(filter, IntStream.range(0, 10_000), "n%d.net"));
    assertEquals(0, found(filter, IntStream.range(0, 10_000), "n%dcom.xcom"));
  }

  @Test
  void readsGzipInSeveralMembers() throws IOException {
    byte[] first = gzip(HEAD + "a.com. NS ns.com.\n");
    byte[] second = gzip("b.com. NS ns.com.\n");
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Path zoneFile = Files.write(folder.resolve("com.txt.gz"), both);

    ZoneFilter filter = ZoneFilter.write(zoneFile, file());

    assertEquals(2, filter.names());
    assertEquals(Files.getLastModifiedTime(zoneFile).toMillis(), filter.asOf().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "mkfifo")
  void readsAPipe(boolean compressed) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String text = zone(IntStream.range(0, 10_000).mapToObj("n%d.com"::formatted));
    byte[] octets = compressed ? gzip(text) : text.getBytes(US_ASCII);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Path> written = writer.submit(() -> Files.write(pipe, octets, WRITE));
      assertEquals(10_000, ZoneFilter.write(pipe, file()).names());
      assertEquals(pipe, written.get());
    } finally {
      writer.shutdown();
    }
  }

  @Test
  void leavesNoFilterOfACutOffFile() throws IOException {
    byte[] whole = gzip(zone(IntStream.range(0, 1_000).mapToObj("n%d.com"::formatted)));
    Path zoneFile =
        Files.write(folder.resolve("com.txt.gz"), Arrays.copyOf(whole, whole.length - 20));

    ZoneFileException e =
        assertThrows(ZoneFileException.class, () -> ZoneFilter.write(zoneFile, file()));

    assertTrue(String.valueOf(e.getMessage()).contains("com.txt.gz: line "), e.getMessage());
    assertOnly("com.txt.gz");
  }

  @Test
  void keepsTheOldFilterWhenTheNewOneFails() throws IOException {
    filter(zone(Stream.of("old.com")));

    assertThrows(ZoneFileException.class, () -> filter("new.com. NS ns.com.\n"));

    assertTrue(contains(ZoneFilter.open(file()), "old.com"));
    assertOnly("com.filter");
  }

  @Test
  void twoRunsAtOnceGiveEachItsOwnFilter() throws Exception {
    int size = 100_000;
    CyclicBarrier read = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<ZoneFilter>> runs = new ArrayList<>();
      for (String prefix : List.of("a", "b")) {
        String text = zone(IntStream.range(0, size).mapToObj(i -> prefix + i + ".com"));
        runs.add(threads.submit(() -> ZoneFilter.write(text(text, read), prefix, AS_OF, file())));
      }
      assertEquals(size, found(runs.get(0).get(), IntStream.range(0, size), "a%d.com"));
      assertEquals(size, found(runs.get(1).get(), IntStream.range(0, size), "b%d.com"));
    } finally {
      threads.shutdown();
    }
    assertEquals(size, ZoneFilter.open(file()).names());
    assertOnly("com.filter");
  }

  /** A text whose end is read when the other texts of the barrier have been read as well. */
  private static InputStream text(String text, CyclicBarrier read) {
    return new FilterInputStream(new ByteArrayInputStream(text.getBytes(US_ASCII))) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        if (count < 0) {
          try {
            read.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IOException(e);
          }
        }
        return count;
      }
    };
  }

  @Test
  void neitherWritesNorRemovesTheTempFilesOfOthers() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "keep me");
    for (String name : List.of(".com.filter.part", ".com.filter.hashes")) {
      Files.createSymbolicLink(folder.resolve(name), precious);
    }
    assertThrows(ZoneFileException.class, () -> filter("new.com. NS ns.com.\n"));
    filter(zone(Stream.of("await.com")));
    assertEquals("keep me", Files.readString(precious));
    assertOnly(".com.filter.hashes", ".com.filter.part", "com.filter", "precious");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.com. IN NS ns.com.\n",
        "a IN NS ns.com.\n",
        "$INCLUDE other.txt\n",
        HEAD + "$GENERATE 1-9 n$ NS ns\n",
        HEAD + "a.com. 60 IN\n",
        HEAD + "a.com. NS ( ns.com.\n",
        HEAD + "a.com. TXT \"open\n",
      })
  void refusesWhatIsNoZoneFile(String text) throws IOException {
    ZoneFileException e = assertThrows(ZoneFileException.class, () -> filter(text));

    assertTrue(String.valueOf(e.getMessage()).startsWith("com.txt: line "), e.getMessage());
    assertOnly();
  }

  @Test
  void refusesToReplaceTheZoneFile() throws IOException {
    Path zoneFile = Files.writeString(folder.resolve("com.txt"), zone(Stream.of("await.com")));
    Path other = Files.createLink(folder.resolve("link"), zoneFile);

    for (Path filter : List.of(zoneFile, other)) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ZoneFilter.write(zoneFile, filter));
      assertEquals("filter: " + filter + ", must not be the zone file", e.getMessage());
    }

    assertEquals(zone(Stream.of("await.com")), Files.readString(zoneFile));
  }

  @Test
  void refusesADamagedFilter() throws IOException {
    filter(zone(IntStream.range(0, 1_000).mapToObj("n%d.com"::formatted)));
    byte[] good = Files.readAllBytes(file());
    for (int at : new int[] {3, 9, 30, 600, good.length - 20, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file(), bad);
      assertThrows(ZoneFileException.class, () -> ZoneFilter.open(file()), "byte " + at);
    }
    Files.write(file(), Arrays.copyOf(good, good.length / 2));
    assertThrows(ZoneFileException.class, () -> ZoneFilter.open(file()));
    Files.write(file(), new byte[0]);
    assertThrows(ZoneFileException.class, () -> ZoneFilter.open(file()));
  }

  @Test
  void endsWhenTheThreadIsInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThrows(InterruptedIOException.class, () -> filter(zone(Stream.of("a.com"))));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertFalse(Files.exists(file()));
    assertOnly();
  }

  private void assertOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(names), files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(US_ASCII));
    }
    return bytes.toByteArray();
  }
}
