package dev.sluice.benchmarks;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A folder in memory, so that no disk is measured. It is deleted at the end of the run. */
record ScratchFolder(Path root) implements AutoCloseable {
  private static final Path TMPFS = Path.of("/dev/shm");

  /** More than the largest scenario writes. */
  private static final long NEEDED_BYTES = 3L << 30;

  static ScratchFolder open() throws IOException {
    Path root =
        roomInTmpfs()
            ? Files.createTempDirectory(TMPFS, "sluice-benchmarks")
            : Files.createTempDirectory("sluice-benchmarks");
    // A server started by root runs as another user, who must be able to read the files.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    ScratchFolder scratch = new ScratchFolder(root);
    Runtime.getRuntime().addShutdownHook(new Thread(scratch::close));
    return scratch;
  }

  private static boolean roomInTmpfs() throws IOException {
    return Files.isWritable(TMPFS) && Files.getFileStore(TMPFS).getUsableSpace() > NEEDED_BYTES;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** Copies a script of this module into the folder, so that another program can run it. */
  Path unpack(String script) throws IOException {
    try (InputStream content = ScratchFolder.class.getResourceAsStream(script)) {
      Files.copy(Objects.requireNonNull(content, script), file(script), REPLACE_EXISTING);
    }
    return file(script);
  }

  /** An empty folder with this name; what was in it before is deleted. */
  Path emptyFolder(String name) throws IOException {
    Path folder = root.resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  @Override
  public void close() {
    try {
      delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + root, e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
