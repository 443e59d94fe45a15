package dev.sluice.samples.walkthrough;

import static java.io.File.pathSeparator;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.sluice.samples.Main;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;

/** {@code python -m asyncio}: JShell with the library imported and an {@code await} method. */
@Command(
    name = "shell",
    description = "JShell with Sluice and RxJava imported, and await(stream).",
    mixinStandardHelpOptions = true)
public final class Shell implements Callable<Integer> {
  public static void main(String... args) {
    Main.launch(new Shell(), args);
  }

  @Override
  public Integer call() throws Exception {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new IOException(
          "no JShell in " + System.getProperty("java.home") + ": run this command with a JDK");
    }
    System.out.println("Sluice and RxJava are imported; await(single) returns its value.");
    return open(startup());
  }

  private static int open(Path startup) throws Exception {
    return JavaShellToolBuilder.builder()
        .start(
            "--class-path", classPath(), "--startup", "DEFAULT", "--startup", startup.toString());
  }

  /** Copies the startup script out of the jar, since JShell reads it from a file. */
  private static Path startup() throws IOException {
    Path file = Files.createTempFile("sluice", ".jsh");
    file.toFile().deleteOnExit();
    try (InputStream lines = requireNonNull(Shell.class.getResourceAsStream("startup.jsh"))) {
      Files.copy(lines, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static String classPath() throws Exception {
    if (Shell.class.getClassLoader() instanceof URLClassLoader maven) {
      return Stream.of(maven.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(joining(pathSeparator));
    }
    return System.getProperty("java.class.path");
  }
}
