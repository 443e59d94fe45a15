package dev.sluice.samples.testing;

import dev.sluice.samples.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs with the class path of the tests. Standard error goes to standard output. */
public final class JavaProcess {
  private JavaProcess() {}

  public static Process start(String... arguments) throws IOException {
    return new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
  }

  /** Starts the launcher with standard output in this file. */
  public static Process startInto(File output, String... arguments) throws IOException {
    return into(output, List.of(), "-Xshare:auto", arguments);
  }

  /** The same under limits of the shell, such as {@code -f 64}, no file beyond 32 KiB. */
  public static Process startLimited(String limits, File output, String... arguments)
      throws IOException {
    List<String> shell = List.of("sh", "-c", "ulimit " + limits + "; exec \"$@\"", "sh");
    return into(output, shell, "-XX:-UsePerfData", arguments);
  }

  private static Process into(File output, List<String> before, String option, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(command(option, Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectOutput(output).start();
  }

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A faster start: most of these processes live for a second or two.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(arguments));
    return command;
  }
}
