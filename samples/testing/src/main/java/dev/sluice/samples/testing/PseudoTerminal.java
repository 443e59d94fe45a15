package dev.sluice.samples.testing;

import dev.sluice.samples.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs the launcher in a JVM of its own on a pseudo-terminal. */
public final class PseudoTerminal implements AutoCloseable {
  private static final String CTRL_C = "\u0003";

  private final Process process;
  private final StringBuilder shown = new StringBuilder();

  private PseudoTerminal(Process process) {
    this.process = process;
  }

  /** Whether this machine can run it: that needs Python 3 and a system with pseudo-terminals. */
  public static boolean isAvailable() {
    try {
      Process python = new ProcessBuilder("python3", "-c", "import pty; pty.openpty()").start();
      return python.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts the launcher with these arguments. */
  public static PseudoTerminal start(String... arguments) throws IOException {
    return start(List.of(), Main.class, arguments);
  }

  /** Starts another program of the class path of the tests. */
  public static PseudoTerminal startMain(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** The same with standard output in this file, which leaves standard error to the terminal. */
  public static PseudoTerminal startInto(Path output, String... arguments) throws IOException {
    String redirect = "output=$1; shift; exec \"$@\" >\"$output\"";
    return start(
        List.of("/bin/sh", "-c", redirect, "sh", output.toString()), Main.class, arguments);
  }

  /** Starts the launcher after a command of the shell, such as {@code stty cols 40}. */
  public static PseudoTerminal startAfter(String command, String... arguments) throws IOException {
    return start(List.of("/bin/sh", "-c", command + "; exec \"$@\"", "sh"), Main.class, arguments);
  }

  private static PseudoTerminal start(List<String> prefix, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", script()));
    command.addAll(prefix);
    command.addAll(JavaProcess.command("-Xshare:auto", main.getName()));
    command.addAll(List.of(arguments));
    return new PseudoTerminal(new ProcessBuilder(command).start());
  }

  private static String script() throws IOException {
    try (InputStream in = PseudoTerminal.class.getResourceAsStream("pseudo_terminal.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads until the terminal has shown this text; fails if the process ends before. */
  public void await(String text) throws IOException {
    while (shown.indexOf(text) < 0) {
      if (!readMore()) {
        throw new IOException("ended before '" + text + "': " + shown);
      }
    }
  }

  public void type(String text) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(text.getBytes(StandardCharsets.US_ASCII));
    keyboard.flush();
  }

  public void pressCtrlC() throws IOException {
    type(CTRL_C);
  }

  /** Reads to the end and returns all that the terminal has shown. */
  public String rest() throws IOException {
    while (readMore()) {
      // The text keeps everything that was read.
    }
    return shown.toString().replace("\r\n", "\n");
  }

  /** The exit status of the command; 200 plus the signal if a signal killed it. */
  public int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  private boolean readMore() throws IOException {
    byte[] buffer = new byte[4096];
    int count = process.getInputStream().read(buffer);
    if (count > 0) {
      shown.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
    }
    return count > 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
