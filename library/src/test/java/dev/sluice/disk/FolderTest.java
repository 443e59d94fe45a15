package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  private static final FileName NAME = FileName.of("br.gif");
  private static final byte[] CONTENT = "a flag".getBytes(UTF_8);

  @TempDir Path outside;
  private Path path;
  private Folder folder;

  @BeforeEach
  void setUp() {
    path = outside.resolve("folder");
    folder = Folder.at(path);
  }

  @Test
  void writesOneFileAndLeavesNoTempFile() throws IOException {
    Path file = folder.write(NAME, CONTENT);

    assertEquals(path.resolve("br.gif"), file);
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(Set.of("br.gif"), names(path));
  }

  @Test
  void doesNotAccessTheDiskBeforeTheFirstWrite() {
    assertEquals(path, folder.withFsync().path());
    assertFalse(Files.exists(path));
  }

  @Test
  void writesEmptyAndLargeFiles() throws IOException {
    byte[] large = new byte[1_000_003];
    new Random(1).nextBytes(large);

    assertEquals(0, Files.size(folder.write(NAME, new byte[0])));
    assertArrayEquals(large, Files.readAllBytes(folder.write(NAME, large)));
    assertEquals(Set.of("br.gif"), names(path));
  }

  @Test
  void createsTheFolderWithItsParents() throws IOException {
    Path deep = path.resolve("a/b/c");

    assertArrayEquals(
        CONTENT, Files.readAllBytes(Folder.at(deep).withFsync().write(NAME, CONTENT)));
  }

  @Test
  void createsTheFolderAgainAfterItWasDeleted() throws IOException {
    Files.delete(folder.write(NAME, CONTENT));
    Files.delete(path);

    assertArrayEquals(CONTENT, Files.readAllBytes(folder.write(NAME, CONTENT)));
  }

  @Test
  void writesIntoARelativePath() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(path);

    Path file = Folder.at(relative).withFsync().write(NAME, CONTENT);

    assertEquals(relative.resolve("br.gif"), file);
    assertEquals(Set.of("br.gif"), names(path));
  }

  @Test
  void writesIntoAFolderBehindASymbolicLink() throws IOException {
    Path real = Files.createDirectory(outside.resolve("real"));
    Files.createSymbolicLink(path, real);

    folder.write(NAME, CONTENT);

    assertEquals(Set.of("br.gif"), names(real));
    assertTrue(Files.isSymbolicLink(path));
  }

  @Test
  void replacesASymbolicLinkAndKeepsItsTarget() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "precious");
    Files.createDirectory(path);
    Files.createSymbolicLink(path.resolve("br.gif"), victim);

    Path file = folder.write(NAME, CONTENT);

    assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    assertEquals("precious", Files.readString(victim));
  }

  @Test
  void ignoresSymbolicLinksWithTheNamesOfTheNextTempFiles() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "precious");
    Files.createDirectory(path);
    Path first = plant(victim, 2);
    Path second = plant(victim, 2);

    folder.write(NAME, CONTENT);

    assertEquals("precious", Files.readString(victim));
    assertEquals(victim, Files.readSymbolicLink(first));
    assertEquals(victim, Files.readSymbolicLink(second));
    assertArrayEquals(CONTENT, Files.readAllBytes(path.resolve("br.gif")));
  }

  @Test
  void writesWithFsync() throws IOException {
    Folder durable = folder.withFsync();

    durable.write(NAME, new byte[3]);
    durable.write(NAME, CONTENT);

    assertArrayEquals(CONTENT, Files.readAllBytes(path.resolve("br.gif")));
    assertEquals(Set.of("br.gif"), names(path));
    assertEquals("Folder[" + path + ", fsync]", durable.toString());
    assertEquals("Folder[" + path + "]", folder.toString());
  }

  @Test
  void composedAndDecomposedNamesAreOneFile() throws IOException {
    folder.write(FileName.of("Curac\u0327ao.gif"), new byte[1]);
    folder.write(FileName.of("Cura\u00E7ao.gif"), CONTENT);

    assertEquals(1, names(path).size());
  }

  @Test
  void writesTheLongestName() throws IOException {
    FileName longest = FileName.of("a".repeat(255));

    assertArrayEquals(CONTENT, Files.readAllBytes(folder.write(longest, CONTENT)));
  }

  @Test
  void firstWriteRemovesOldTempFiles() throws IOException {
    Files.createDirectory(path);
    Path dead = aged(path.resolve(".sluice-0123456789abcdef-7.tmp"), Duration.ofMinutes(11));
    Path live = aged(path.resolve(".sluice-0123456789abcdef-8.tmp"), Duration.ofMinutes(9));
    Path foreign = aged(path.resolve(".sluice-notes.tmp"), Duration.ofDays(9));
    Path inner = Files.createDirectory(path.resolve(".sluice-0123456789abcdef-9.tmp"));
    Files.setLastModifiedTime(inner, FileTime.from(Instant.EPOCH));

    folder.write(NAME, CONTENT);
    Path later = aged(path.resolve(".sluice-0123456789abcdef-10.tmp"), Duration.ofMinutes(11));
    folder.withFsync().write(NAME, CONTENT);

    assertFalse(Files.exists(dead));
    for (Path kept : List.of(live, foreign, inner, later)) {
      assertTrue(Files.exists(kept), kept::toString);
    }
  }

  @Test
  void newTempFilesDifferAndALaterRunRemovesThem() throws IOException {
    Path first = folder.newTempFile();
    Path second = folder.newTempFile();
    assertEquals(0, Files.size(first));
    assertEquals(0, Files.size(second));
    assertEquals(
        Set.of(first.getFileName().toString(), second.getFileName().toString()), names(path));

    aged(first, Duration.ofMinutes(11));
    Folder.at(path).write(NAME, CONTENT);

    assertFalse(Files.exists(first));
    assertTrue(Files.exists(second));
  }

  @Test
  void failedFirstWriteRemovesOldTempFilesToo() throws IOException {
    Files.createDirectories(path.resolve("br.gif"));
    Path dead = aged(path.resolve(".sluice-0123456789abcdef-7.tmp"), Duration.ofMinutes(11));

    assertThrows(DiskException.class, () -> folder.write(NAME, CONTENT));

    assertFalse(Files.exists(dead));
  }

  @Test
  void rejectsNullWithTheNameOfTheArgument() {
    assertEquals("path", refusal(() -> Folder.at(nothing())));
    assertEquals("name", refusal(() -> folder.write(nothing(), CONTENT)));
    assertEquals("content", refusal(() -> folder.write(NAME, nothing())));
  }

  @Test
  void randomNamesAreNeverWrittenOutsideTheFolder() throws IOException {
    Random random = new Random(7);
    String alphabet = "./\\ab~é\u0000:%é\u202E ";
    Set<String> written = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      char[] name = new char[1 + random.nextInt(6)];
      for (int c = 0; c < name.length; c++) {
        name[c] = alphabet.charAt(random.nextInt(alphabet.length()));
      }
      writeIfAccepted(String.valueOf(name), written);
    }

    assertEquals(Set.of("folder"), names(outside));
    assertEquals(written, names(path));
    assertTrue(written.size() > 100, written::toString);
  }

  private void writeIfAccepted(String name, Set<String> written) throws IOException {
    FileName parsed;
    try {
      parsed = FileName.of(name);
    } catch (IllegalArgumentException e) {
      return;
    }
    folder.write(parsed, CONTENT);
    written.add(parsed.value());
  }

  /** Creates a link with the name of the temp file that comes so many after the next one. */
  private Path plant(Path victim, int after) throws IOException {
    String used = TempName.next();
    int dash = used.lastIndexOf('-');
    long count = Long.parseLong(used.substring(dash + 1, used.length() - ".tmp".length()));
    Path link = path.resolve(used.substring(0, dash + 1) + (count + after) + ".tmp");
    return Files.createSymbolicLink(link, victim);
  }

  private static Path aged(Path temp, Duration age) throws IOException {
    Files.write(temp, Arrays.copyOf(CONTENT, 2));
    return Files.setLastModifiedTime(temp, FileTime.from(Instant.now().minus(age)));
  }

  static Set<String> names(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (var files = Files.newDirectoryStream(directory)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    return names;
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return String.valueOf(assertThrows(NullPointerException.class, call).getMessage());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // A caller may have no checker.
  private static <T> T nothing() {
    return null;
  }
}
