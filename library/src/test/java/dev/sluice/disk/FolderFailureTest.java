package dev.sluice.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.ChildJvm;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The message of a failed write names the reason. */
class FolderFailureTest {
  private static final FileName NAME = FileName.of("br.gif");
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path outside;
  private Path path;

  @BeforeEach
  void setUp() {
    path = outside.resolve("folder");
  }

  @Test
  void reportsAFileInPlaceOfTheFolder() throws IOException {
    Files.createFile(path);

    // The text of the system, in its language, follows in brackets.
    String expected = "br.gif: cannot write 3 bytes to %s: %s is a file, not a folder (";
    String message = failure(path);
    assertTrue(message.startsWith(expected.formatted(path, path)), message);
  }

  @Test
  void reportsAFileInPlaceOfAParentFolder() throws IOException {
    Files.createFile(path);
    Path deep = path.resolve("a/b");

    String message = failure(deep);

    assertTrue(
        message.startsWith("br.gif: cannot write 3 bytes to " + deep + ": " + path + " is a file"),
        message);
  }

  @Test
  void reportsABrokenSymbolicLink() throws IOException {
    Files.createSymbolicLink(path, outside.resolve("gone"));

    String message = failure(path);

    assertTrue(message.contains(path + " is a symbolic link that leads to no folder"), message);
    assertFalse(Files.exists(outside.resolve("gone")));
  }

  @Test
  void reportsAFolderWithTheNameOfTheFile() throws IOException {
    Files.createDirectories(path.resolve("br.gif"));

    String message = failure(path);

    assertTrue(message.contains(": a folder has that name ("), message);
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void reportsAPathThatIsTooLong() {
    Path longer = path.resolve("a".repeat(300));

    String message = failure(longer);

    // The text of the system only: "File name too long" in English.
    assertTrue(message.startsWith("br.gif: cannot write 3 bytes to " + longer + ": "), message);
    assertFalse(message.contains("("), message);
  }

  @Test
  void messageEscapesThePath() throws IOException {
    Path odd = Files.createFile(outside.resolve("a\u001B[2Jb"));

    String message = failure(odd);

    assertTrue(message.contains("a<U+001B>[2Jb is a file"), message);
    assertFalse(message.contains("\u001B"));
  }

  @Test
  void reportsMissingPermission() throws IOException {
    // Root ignores the mode of a folder, but even root cannot create a file in /sys.
    boolean root = System.getProperty("user.name").equals("root");
    Path forbidden = root ? Path.of("/sys") : Files.createDirectory(path);
    assumeTrue(Files.isDirectory(forbidden), () -> forbidden + " does not exist");
    assumeTrue(root || forbidden.toFile().setWritable(false), "no permissions on this system");
    assumeTrue(!isReadOnly(forbidden), () -> forbidden + " is read-only here");

    assertEquals(
        "br.gif: cannot write 3 bytes to "
            + forbidden
            + ": no permission to write in "
            + forbidden
            + " (permission denied)",
        failure(forbidden));
  }

  @Test
  void reportsAFolderThatAcceptsNoFiles() {
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "no /proc on this system");

    String message = failure(proc);

    assertTrue(message.contains(": no file can be made in /proc ("), message);
  }

  @Test
  void reportsAFullDiskAndLeavesNoTempFile() throws IOException, InterruptedException {
    String printed = onTmpfs("size=64k", 100_000);

    assertTrue(printed.contains("failed: br.gif: cannot write 100000 bytes to " + path), printed);
    assertTrue(printed.contains(": no space: 65536 bytes are free ("), printed);
    assertFalse(printed.contains("in the folder: "), printed);
  }

  @Test
  void reportsAReadOnlyFileSystem() throws IOException, InterruptedException {
    String printed = onTmpfs("ro", 3);

    assertTrue(printed.contains("the file system of " + path + " is read-only ("), printed);
  }

  @Test
  void interruptLeavesTheEarlierFileAndNoTempFile() throws IOException {
    Path file = Folder.at(path).write(NAME, CONTENT);

    Thread.currentThread().interrupt();
    DiskException failure =
        assertThrows(DiskException.class, () -> Folder.at(path).write(NAME, new byte[100]));

    assertTrue(Thread.interrupted(), "the thread must stay interrupted");
    assertInstanceOf(ClosedByInterruptException.class, failure.getCause());
    assertEquals(
        "br.gif: cannot write 100 bytes to "
            + path
            + ": the thread was interrupted"
            + " (ClosedByInterruptException)",
        failure.getMessage());
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void writesNonAsciiNamesInAUtf8Locale() throws IOException, InterruptedException {
    String printed = inLocale("C.UTF-8");
    assumeTrue(!printed.contains("failed: "), () -> "no C.UTF-8 here: " + printed);

    assertEquals(
        List.of("written: 3 bytes", "in the folder: Curaçao 日本 🇧🇷.gif"),
        printed.lines().toList());
  }

  @Test
  void reportsALocaleThatCannotEncodeTheName() throws IOException, InterruptedException {
    String printed = inLocale("C");
    assumeTrue(!printed.contains("written: "), "file names are in UTF-8 in every locale here");

    assertTrue(printed.contains("failed: Curaçao 日本 🇧🇷.gif: cannot write 3 bytes to "), printed);
    assertTrue(printed.contains(" here; a UTF-8 locale is needed ("), printed);
  }

  private String inLocale(String locale) throws IOException, InterruptedException {
    Files.createDirectory(path);
    String name = "Cura%C3%A7ao%20%E6%97%A5%E6%9C%AC%20%F0%9F%87%A7%F0%9F%87%B7.gif";
    List<String> arguments = List.of(path.toString(), name, "3");
    ProcessBuilder child = ChildJvm.of(List.of(), OneWrite.class, arguments);
    child.environment().put("LC_ALL", locale);
    return ChildJvm.output(child);
  }

  /** Runs in a mount namespace of its own: no root needed, and unmounted with the process. */
  private String onTmpfs(String options, int bytes) throws IOException, InterruptedException {
    Files.createDirectory(path);
    String mount = "mount -t tmpfs -o " + options + " none \"$0\" && exec \"$@\"";
    List<String> prefix =
        List.of(
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, path.toString());
    List<String> arguments = List.of(path.toString(), "br.gif", String.valueOf(bytes));
    String printed = start(ChildJvm.of(prefix, OneWrite.class, arguments));
    assumeTrue(printed.contains("failed: "), () -> "cannot mount a tmpfs here: " + printed);
    return printed;
  }

  private static String start(ProcessBuilder child) throws InterruptedException {
    try {
      return ChildJvm.output(child);
    } catch (IOException e) {
      return e.toString(); // No such command on this system.
    }
  }

  private static boolean isReadOnly(Path path) throws IOException {
    return Files.getFileStore(path).isReadOnly();
  }

  private static String failure(Path folder) {
    DiskException failure =
        assertThrows(DiskException.class, () -> Folder.at(folder).write(NAME, CONTENT));
    assertInstanceOf(Exception.class, failure.getCause());
    return String.valueOf(failure.getMessage());
  }
}
