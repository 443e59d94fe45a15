package dev.sluice.flags;

import static dev.sluice.Answers.ok;
import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Outcome.Failure;
import dev.sluice.disk.DiskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be written is a failure of that flag; the others go on. */
class DiskTest {
  @TempDir Path outside;

  @Test
  void aFullDiskFailsTheFlagsThatDoNotFit() throws IOException, InterruptedException {
    Path small = Files.createDirectory(outside.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=100k", "none", small.toString()),
        "no file system may be mounted here, so none can be full");
    try {
      byte[] large = ok("image/gif", Gifs.ofAtLeast(200_000));
      List<Failure<?, ?>> failures = failures(small, "/ac/ac.gif", large);

      assertEquals(1, failures.size(), failures::toString);
      assertSays("AC.gif: cannot write 200", failures.get(0));
      assertEquals(19, OneFlag.in(small).size(), "the temp file is gone");
    } finally {
      assertTrue(run("umount", small.toString()));
    }
  }

  @Test
  void aFolderWithTheNameOfAFlagFailsThatFlag() throws IOException {
    Files.createDirectory(outside.resolve("AC.gif"));
    List<Failure<?, ?>> failures = failures(outside, "", FLAG);

    assertEquals(1, failures.size(), failures::toString);
    assertSays("AC.gif: cannot write 43 bytes to " + outside, failures.get(0));
    assertEquals(20, OneFlag.in(outside).size());
  }

  @Test
  void aFileInPlaceOfTheFolderFailsEveryFlag() throws IOException {
    Path file = Files.writeString(outside.resolve("file"), "precious");
    List<Failure<?, ?>> failures = failures(file, "", FLAG);

    assertEquals(20, failures.size());
    assertSays(" is a file, not a folder", failures.get(0));
    assertEquals("precious", Files.readString(file));
  }

  private List<Failure<?, ?>> failures(Path folder, String path, byte[] answer) {
    try (FlagSite site =
        FlagSite.of(
            folder, exchange -> exchange.send(exchange.path().equals(path) ? answer : FLAG))) {
      return site
          .flags
          .downloadAll(codes(20))
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(20)
          .assertComplete()
          .values()
          .stream()
          .<Failure<?, ?>>mapMulti(
              (outcome, failures) -> {
                if (outcome instanceof Failure<?, ?> failure) {
                  failures.accept(failure);
                }
              })
          .toList();
    }
  }

  private static void assertSays(String words, Failure<?, ?> failure) {
    String message = String.valueOf(failure.cause().getMessage());
    assertTrue(failure.cause() instanceof DiskException && message.contains(words), message);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
