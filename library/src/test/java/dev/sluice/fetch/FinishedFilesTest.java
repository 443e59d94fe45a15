package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of the whole files of a folder: lines that count, and lines that do not. */
class FinishedFilesTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path folder;

  private FinishedFiles opened() throws IOException {
    FinishedFiles files = new FinishedFiles(folder);
    files.load();
    return files;
  }

  private static URI url(int number) {
    return URI.create("http://h/" + number);
  }

  /** A record of a file that is there, of so many bytes. */
  private FinishedFile record(int number, int bytes) throws IOException {
    Path file = folder.resolve(number + ".bin");
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    return new FinishedFile(
        number + ".bin", UrlKey.of(url(number)), Validators.NONE, bytes, MODIFIED, null);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve(DownloadFixture.RECORDS));
  }

  /** The records of ten files, of so many runs. */
  private void record(FinishedFiles files, int runs) throws IOException {
    for (int run = 1; run <= runs; run++) {
      for (int i = 0; i < 10; i++) {
        files.add(record(i, run));
      }
    }
  }

  @Test
  void supersededLinesAreDroppedWhenTheyAreMoreThanHalf() throws IOException {
    record(opened(), 2);
    opened();
    assertEquals(20, lines().size());
    opened().add(record(3, 5));
    FinishedFiles files = opened();
    assertEquals(10, lines().size());
    for (int i = 0; i < 10; i++) {
      assertEquals(i == 3 ? 5 : 2, files.find(url(i)).orElseThrow().bytes());
    }
    files.add(record(4, 9));
    assertEquals(9, files.find(url(4)).orElseThrow().bytes());
    assertEquals(9, opened().find(url(4)).orElseThrow().bytes());
    assertEquals(List.of(), hidden());
  }

  @Test
  void anotherRunFindsItsRecordsInTheNewFile() throws IOException {
    record(opened(), 2);
    FinishedFiles running = opened();
    running.add(record(3, 5));
    opened();
    assertEquals(10, lines().size());
    for (int i = 0; i < 10; i++) {
      assertTrue(running.find(url(i)).isPresent(), "file " + i);
    }
    running.add(record(11, 1));
    assertTrue(running.find(url(11)).isPresent());
    assertTrue(opened().find(url(11)).isPresent());
  }

  @Test
  void aTornLineIsDroppedWithTheOthers() throws IOException {
    record(opened(), 3);
    Path records = folder.resolve(DownloadFixture.RECORDS);
    Files.writeString(records, Files.readString(records) + "{\"v\":1,\"na");
    FinishedFiles files = opened();
    assertEquals(10, lines().size());
    assertTrue(Files.readString(records).endsWith("}\n"));
    assertTrue(files.find(url(9)).isPresent());
    assertFalse(files.find(url(10)).isPresent());
  }

  @Test
  void recordsThatAreAddedTogetherAreFoundEachByItself() throws IOException {
    record(opened(), 1);
    Path records = folder.resolve(DownloadFixture.RECORDS);
    Files.writeString(records, Files.readString(records) + "{\"v\":1,\"na");
    FinishedFiles files = opened();
    for (int first : new int[] {20, 30}) {
      files.add(List.of(record(first, 1), record(first + 1, 2), record(first + 2, 3)));
    }
    files.add(List.of());
    for (FinishedFiles each : List.of(files, opened())) {
      for (int i = 0; i < 3; i++) {
        assertEquals(i + 1, each.find(url(20 + i)).orElseThrow().bytes());
        assertEquals(i + 1, each.find(url(30 + i)).orElseThrow().bytes());
      }
    }
    assertEquals(10 + 1 + 6, lines().size());
  }

  @Test
  void whatAKilledProcessLeftDoesNoHarm() throws IOException {
    record(opened(), 3);
    Path left = Files.writeString(folder.resolve(".sluice-0-1.tmp"), "{\"v\":1,\"na");
    FinishedFiles files = opened();
    assertEquals(30, lines().size());
    assertTrue(files.find(url(9)).isPresent());
    Files.delete(left);
    opened();
    assertEquals(10, lines().size());
  }

  @Test
  void twoProcessesLoseNoFile() throws Exception {
    record(opened(), 3);
    Process other =
        ChildJvm.of(List.of(), List.of(), FinishedFilesTest.class, List.of(folder.toString()))
            .start();
    FinishedFiles files = opened();
    for (int i = 100; i < 600; i++) {
      files.add(record(i, 1));
      if (i % 50 == 0) {
        repeat(record(0, 1), 4_000);
        opened();
      }
    }
    assertEquals(0, other.waitFor());
    assertTrue(lines().size() < 6_000, lines().size() + " lines");
    FinishedFiles all = opened();
    int found = 0;
    for (int i = 100; i < 600; i++) {
      found += all.find(url(i)).isPresent() ? 1 : 0;
      found += all.find(url(1_000 + i)).isPresent() ? 1 : 0;
    }
    assertEquals(1_000, found);
  }

  private void repeat(FinishedFile record, int times) throws IOException {
    byte[] lines = (record.json() + "\n").repeat(times).getBytes(UTF_8);
    long unused = new RecordLines(folder.resolve(DownloadFixture.RECORDS)).append(lines);
  }

  /** The other process. */
  public static void main(String... args) throws IOException {
    FinishedFilesTest test = new FinishedFilesTest();
    test.folder = Path.of(args[0]);
    FinishedFiles files = test.opened();
    for (int i = 1_100; i < 1_600; i++) {
      files.add(test.record(i, 1));
      if (i % 50 == 0) {
        test.opened();
      }
    }
  }

  private List<Path> hidden() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }
}
