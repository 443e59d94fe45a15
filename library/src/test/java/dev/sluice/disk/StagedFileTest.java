package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written, and get their names later. */
class StagedFileTest {
  private static final FileName NAME = FileName.of("br.gif");
  private static final byte[] CONTENT = "a flag".getBytes(UTF_8);
  private static final Instant MODIFIED = Instant.parse("2026-11-29T12:00:00.123Z");

  @TempDir Path outside;
  private Path path;
  private Folder folder;

  @BeforeEach
  void setUp() {
    path = outside.resolve("folder");
    folder = Folder.at(path);
  }

  @Test
  void hasItsNameWhenItIsPlaced() throws IOException {
    folder.write(NAME, new byte[100]);
    try (StagedFile staged = folder.stage(NAME, CONTENT, MODIFIED)) {
      assertEquals(100, Files.size(path.resolve("br.gif")));

      Path file = staged.place();

      assertEquals(path.resolve("br.gif"), file);
      assertArrayEquals(CONTENT, Files.readAllBytes(file));
      assertEquals(MODIFIED, Files.getLastModifiedTime(file).toInstant());
    }
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void leavesNothingIfItIsNotPlaced() throws IOException {
    try (StagedFile staged = folder.stage(NAME, CONTENT, MODIFIED)) {
      Set<String> names = FolderTest.names(path);
      assertEquals(1, names.size());
      assertTrue(names.iterator().next().endsWith(".tmp"), staged::toString);
    }
    assertEquals(Set.of(), FolderTest.names(path));
  }

  @Test
  void isWrittenAgainIfItsFolderWasRemoved() throws IOException {
    for (Folder each : new Folder[] {folder, folder.withFsync()}) {
      try (StagedFile staged = each.stage(NAME, CONTENT, MODIFIED)) {
        for (String name : FolderTest.names(path)) {
          Files.delete(path.resolve(name));
        }
        Files.delete(path);

        Path file = staged.place();

        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(MODIFIED, Files.getLastModifiedTime(file).toInstant());
        assertEquals(Set.of("br.gif"), FolderTest.names(path));
      }
    }
  }

  @Test
  void saysWhyItCannotBePlaced() throws IOException {
    Files.createDirectories(path.resolve("br.gif"));
    try (StagedFile staged = folder.stage(NAME, CONTENT, MODIFIED)) {
      DiskException failure = assertThrows(DiskException.class, staged::place);
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("br.gif: cannot write 6 bytes to " + path), message);
      assertTrue(message.contains(": a folder has that name ("), message);
    }
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void saysWhyItCannotBeStaged() throws IOException {
    Files.createFile(path);
    DiskException failure =
        assertThrows(DiskException.class, () -> folder.stage(NAME, CONTENT, MODIFIED));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(path + " is a file, not a folder ("), message);
  }
}
