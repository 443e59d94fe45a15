package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent writes, interrupts and kills leave only complete files: all bytes of one write. */
class FolderRaceTest {
  private static final FileName NAME = FileName.of("br.gif");
  private static final int LENGTH = 300_000;

  @TempDir Path path;

  @Test
  void readersNeverSeeAPartialFile() throws Exception {
    write(0);

    runConcurrently(List.of(() -> write(1, 500), () -> read(1_000), () -> read(1_000)));

    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void twoThreadsCanWriteTheSameName() throws Exception {
    write(0);

    runConcurrently(List.of(() -> write(1, 500), () -> write(2, 500), () -> read(1_000)));

    assertComplete(path.resolve("br.gif"), LENGTH);
    assertEquals(Set.of("br.gif"), FolderTest.names(path));
  }

  @Test
  void writesAgainWhenATempFileIsRemoved() throws Exception {
    // As if another process took the temp file of a paused writer for an old one.
    runConcurrently(List.of(() -> write(1, 200), () -> removeTempsAsTheyAppear(2)));

    assertComplete(path.resolve("br.gif"), LENGTH);
  }

  @Test
  void interruptLeavesNoPartialFileAndNoTempFile() throws Exception {
    for (int i = 0; i < 100; i++) {
      FutureTask<Void> result = new FutureTask<>(this::writeUntilInterrupted);
      Thread writer = new Thread(result);
      writer.start();
      for (int spin = 0; spin < i * 1_000; spin++) {
        Thread.onSpinWait();
      }
      writer.interrupt();
      result.get();
      for (String name : FolderTest.names(path)) {
        assertEquals("br.gif", name);
        assertComplete(path.resolve(name), LENGTH);
      }
    }
  }

  @Test
  void killedProcessLeavesOnlyCompleteFiles() throws Exception {
    for (int kill = 1; kill <= 4; kill++) {
      killAfter(kill * 3);
      assertFinalFilesAreComplete();
      removeTemps();
    }
  }

  private void killAfter(int lines) throws Exception {
    List<String> arguments = List.of(path.toString());
    Process child = ChildJvm.of(List.of(), EndlessWrites.class, arguments).start();
    try (BufferedReader printed = child.inputReader(UTF_8)) {
      for (int line = 0; line < lines; line++) {
        assertNotNull(printed.readLine(), "the child process ended early");
      }
      awaitTemp();
      child.destroyForcibly();
      child.waitFor();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Waits for a temp file, so that the kill falls into a write; gives up after many looks. */
  private void awaitTemp() throws IOException {
    boolean found = false;
    for (int look = 0; !found && look < 10_000; look++) {
      found = FolderTest.names(path).stream().anyMatch(TempName::isTemp);
    }
  }

  private void assertFinalFilesAreComplete() throws IOException {
    int named = 0;
    for (String name : FolderTest.names(path)) {
      if (!TempName.isTemp(name)) {
        assertComplete(path.resolve(name), EndlessWrites.LENGTH);
        named++;
      }
    }
    assertEquals(EndlessWrites.FILES, named);
  }

  private Void write(int value, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      write(value);
    }
    return null;
  }

  private void write(int value) throws IOException {
    byte[] content = new byte[LENGTH];
    Arrays.fill(content, (byte) value);
    Folder.at(path).write(NAME, content);
  }

  private Void writeUntilInterrupted() {
    try {
      return write(1, Integer.MAX_VALUE);
    } catch (IOException e) {
      assertTrue(Thread.currentThread().isInterrupted(), e::toString);
      return null;
    }
  }

  private Void read(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertComplete(path.resolve("br.gif"), LENGTH);
    }
    return null;
  }

  private Void removeTempsAsTheyAppear(int times) throws IOException {
    int removed = 0;
    for (int look = 0; removed < times && look < 100_000; look++) {
      removed += removeTemps();
    }
    return null;
  }

  private int removeTemps() throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> temps = Files.newDirectoryStream(path, ".sluice-*")) {
      for (Path temp : temps) {
        removed += Files.deleteIfExists(temp) ? 1 : 0;
      }
    }
    return removed;
  }

  private static void assertComplete(Path file, int length) throws IOException {
    byte[] found = Files.readAllBytes(file);
    assertEquals(length, found.length, file::toString);
    byte[] whole = new byte[length];
    Arrays.fill(whole, found[0]);
    assertTrue(Arrays.equals(whole, found), () -> file + " has bytes of two writes");
  }

  private static void runConcurrently(List<Callable<Void>> tasks)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> results = new ArrayList<>(threads.invokeAll(tasks));
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
