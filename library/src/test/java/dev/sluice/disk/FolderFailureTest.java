package dev.sluice.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each reason why a disk refuses can be told from the others. */
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
  void saysThatAFileIsInTheWayOfTheFolder() throws IOException {
    Files.createFile(path);

    // What the system says, in its language, follows in brackets.
    String said = "br.gif: cannot write 3 bytes to %s: %s is a file, not a folder (";
    String message = failure(path);
    assertTrue(message.startsWith(said.formatted(path, path)), message);
  }

  @Test
  void saysThatAFileIsInTheWayOfAParent() throws IOException {
    Files.createFile(path);
    Path deep = path.resolve("a/b");

    String message = failure(deep);

    assertTrue(
        message.startsWith("br.gif: cannot write 3 bytes to " + deep + ": " + path + " is a file"),
        message);
  }

  @Test
  void saysThatALinkLeadsNowhere() throws IOException {
    Files.createSymbolicLink(path, outside.resolve("gone"));

    String message = failure(path);

    assertTrue(message.contains(path + " is a symbolic link that leads to no folder"), message);
    assertFalse(Files.exists(outside.resolve("gone")));
  }

  @Test
  void saysThatAFolderHasTheName() throws IOException {
    Files.createDirectories(path.resolve("br.gif"));

    String message = failure(path);

    assertTrue(message.contains(": a folder has that name ("), message);
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void saysThatThePathIsTooLong() {
    Path longer = path.resolve("a".repeat(300));

    String message = failure(longer);

    // The system's own words: "File name too long" where it speaks English.
    assertTrue(message.startsWith("br.gif: cannot write 3 bytes to " + longer + ": "), message);
    assertFalse(message.contains("("), message);
  }

  @Test
  void escapesThePathInTheMessage() throws IOException {
    Path odd = Files.createFile(outside.resolve("a\u001B[2Jb"));

    String message = failure(odd);

    assertTrue(message.contains("a<U+001B>[2Jb is a file"), message);
    assertFalse(message.contains("\u001B"));
  }

  @Test
  void saysThatPermissionIsMissing() throws IOException {
    // Root may write where the mode forbids it, but not even root may create a file in /sys.
    boolean root = System.getProperty("user.name").equals("root");
    Path forbidden = root ? Path.of("/sys") : Files.createDirectory(path);
    assumeTrue(Files.isDirectory(forbidden), () -> forbidden + " is not there");
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
  void saysThatAFolderTakesNoFiles() {
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "no /proc on this system");

    String message = failure(proc);

    assertTrue(message.contains(": no file can be made in /proc ("), message);
  }

  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() throws IOException, InterruptedException {
    String printed = onTmpfs("size=64k", 100_000);

    assertTrue(printed.contains("failed: br.gif: cannot write 100000 bytes to " + path), printed);
    assertTrue(printed.contains(": no space: 65536 bytes are free ("), printed);
    assertFalse(printed.contains("there: "), printed);
  }

  @Test
  void saysThatTheFileSystemIsReadOnly() throws IOException, InterruptedException {
    String printed = onTmpfs("ro", 3);

    assertTrue(printed.contains("the file system of " + path + " is read-only ("), printed);
  }

  @Test
  void anInterruptLeavesTheEarlierFileAndNoTempFile() throws IOException {
    Path file = Folder.at(path).write(NAME, CONTENT);

    Thread.currentThread().interrupt();
    DiskException failure =
        assertThrows(DiskException.class, () -> Folder.at(path).write(NAME, new byte[100]));

    assertTrue(Thread.interrupted(), "the thread has to stay interrupted");
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
  void writesAnyNameInAUtf8Locale() throws IOException, InterruptedException {
    String printed = inLocale("C.UTF-8");
    assumeTrue(!printed.contains("failed: "), () -> "no C.UTF-8 here: " + printed);

    assertEquals(
        List.of("written: 3 bytes", "there: Curaçao 日本 🇧🇷.gif"), printed.lines().toList());
  }

  @Test
  void saysThatTheLocaleCannotSpellTheName() throws IOException, InterruptedException {
    String printed = inLocale("C");
    assumeTrue(!printed.contains("written: "), "file names are in UTF-8 whatever the locale");

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

  /** In a mount namespace of its own, which needs few rights and is gone with the process. */
  private String onTmpfs(String options, int bytes) throws IOException, InterruptedException {
    Files.createDirectory(path);
    String mount = "mount -t tmpfs -o " + options + " none \"$0\" && exec \"$@\"";
    List<String> before =
        List.of(
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, path.toString());
    List<String> arguments = List.of(path.toString(), "br.gif", String.valueOf(bytes));
    String printed = start(ChildJvm.of(before, OneWrite.class, arguments));
    assumeTrue(printed.contains("failed: "), () -> "no tmpfs may be mounted here: " + printed);
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
