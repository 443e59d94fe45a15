package dev.sluice.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written over several runs. */
class PartialFileTest {
  private static final FileName NAME = FileName.of("x.bin");
  private static final Instant MODIFIED = Instant.parse("1994-11-15T12:45:26Z");

  @TempDir Path outside;
  private Path path;
  private PartialFiles partials;

  @BeforeEach
  void setUp() {
    path = outside.resolve("folder");
    partials = PartialFiles.in(Folder.at(path));
  }

  private void write(String record, byte... bytes) throws IOException {
    try (PartialFile file = partials.open("slot", NAME)) {
      file.begin(record);
      file.append(ByteBuffer.wrap(bytes));
    }
  }

  @Test
  void goesOnBehindTheBytesOfAnEarlierRun() throws IOException {
    write("what it is", (byte) 1, (byte) 2);
    PartialFiles later = PartialFiles.in(Folder.at(path));
    assertTrue(later.mayHave("slot"));
    PartialFiles.Found found = later.find("slot").orElseThrow();
    assertEquals(2, found.length());
    assertEquals("what it is", found.record());
    try (PartialFile file = later.open("slot", NAME)) {
      assertEquals(2, file.length());
      file.append(ByteBuffer.wrap(new byte[] {3}));
      Path done = file.complete(MODIFIED);
      assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(done));
      assertEquals(MODIFIED, Files.getLastModifiedTime(done).toInstant());
    }
    assertEquals(Set.of("x.bin"), FolderTest.names(path));
  }

  @Test
  void isWrittenInSeveralPlacesAndCutToItsStart() throws IOException {
    try (PartialFile file = partials.open("slot", NAME)) {
      file.begin("none");
      file.write(ByteBuffer.wrap(new byte[] {5, 6}), 4);
      file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
      assertEquals(6, file.length());
      file.note("1 and 2, 5 and 6");
      ByteBuffer read = ByteBuffer.allocate(9);
      assertEquals(6, file.read(read, 0));
      assertArrayEquals(new byte[] {1, 2, 0, 0, 5, 6, 0, 0, 0}, read.array());
      assertEquals("1 and 2, 5 and 6", partials.find("slot").orElseThrow().record());
      file.truncate(2);
      file.append(ByteBuffer.wrap(new byte[] {3}));
      assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file.complete(MODIFIED)));
    }
  }

  @Test
  void bytesWithoutARecordAreNotFound() throws IOException {
    write("", (byte) 1);
    assertTrue(partials.find("slot").isEmpty());
    try (PartialFile file = partials.open("slot", NAME)) {
      file.discard();
    }
    assertEquals(Set.of(), FolderTest.names(path));
  }

  @Test
  void anEmptyFileIsNotKept() throws IOException {
    write("what it is");
    assertEquals(Set.of(), FolderTest.names(path));
  }

  @Test
  void beginningAnewDropsTheBytes() throws IOException {
    write("one", (byte) 1, (byte) 2);
    write("two", (byte) 3);
    PartialFiles.Found found = partials.find("slot").orElseThrow();
    assertEquals("two", found.record());
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(found.path()));
  }

  @Test
  void isOpenOnceOnly() throws IOException {
    Path link = Files.createSymbolicLink(outside.resolve("link"), path);
    try (PartialFile file = partials.open("slot", NAME)) {
      assertEquals(
          "x.bin: another download of this process is writing it",
          assertThrows(BusyFileException.class, () -> partials.open("slot", NAME)).getMessage());
      PartialFiles linked = PartialFiles.in(Folder.at(link));
      assertThrows(BusyFileException.class, () -> linked.open("slot", NAME));
      assertEquals(0, file.length());
    }
    partials.open("slot", NAME).close();
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    write("what it is", (byte) 1);
    Path part = partials.find("slot").orElseThrow().path();
    Path target = Files.write(outside.resolve("target"), new byte[] {9});
    Files.delete(part);
    Files.createSymbolicLink(part, target);
    assertThrows(DiskException.class, () -> partials.open("slot", NAME));
    assertArrayEquals(new byte[] {9}, Files.readAllBytes(target));
  }

  @Test
  void aFileThatARunGoesOnWithKeepsItsRecord() throws IOException {
    write("{etag}", (byte) 1);
    age(Duration.ofDays(8));
    try (PartialFile part = partials.open("slot", NAME)) {
      part.append(ByteBuffer.wrap(new byte[2]));
    }
    PartialFiles later = PartialFiles.in(Folder.at(path));
    later.open("another slot", NAME).close();
    assertEquals("{etag}", later.find("slot").orElseThrow().record());
  }

  @Test
  void filesThatNoRunGoesOnWithAreRemovedAfterSevenDays() throws IOException {
    write("what it is", (byte) 1);
    age(Duration.ofDays(6));
    Folder.at(path).write(FileName.of("a"), new byte[1]);
    assertEquals(3, FolderTest.names(path).size());
    age(Duration.ofDays(8));
    Folder.at(path).write(FileName.of("a"), new byte[1]);
    assertEquals(Set.of("a"), FolderTest.names(path));
  }

  private void age(Duration age) throws IOException {
    for (String name : FolderTest.names(path)) {
      Files.setLastModifiedTime(path.resolve(name), FileTime.from(Instant.now().minus(age)));
    }
  }

  @Test
  void thereIsRoomOrAFailure() throws IOException {
    partials.requireSpace(NAME, 1);
    String message =
        String.valueOf(
            assertThrows(DiskException.class, () -> partials.requireSpace(NAME, Long.MAX_VALUE))
                .getMessage());
    assertTrue(message.startsWith("x.bin: cannot write " + Long.MAX_VALUE + " bytes"), message);
    assertTrue(message.contains(": no space: "), message);
    assertFalse(Files.exists(path));
  }
}
