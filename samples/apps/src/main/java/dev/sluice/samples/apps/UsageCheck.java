package dev.sluice.samples.apps;

import java.io.IOException;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks of values that picocli's converters cannot make, such as two options that exclude each
 * other. An {@link IllegalArgumentException} becomes a usage error with the same message and exit
 * status 2.
 */
public final class UsageCheck {
  private UsageCheck() {}

  /** Reads a value, such as the words of a file that an option names. */
  @FunctionalInterface
  public interface Reader<T> {
    T read() throws IOException;
  }

  /** Makes a check. */
  public static void check(CommandSpec spec, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw refusal(spec, e);
    }
  }

  /** Makes a value of several options. */
  public static <T> T value(CommandSpec spec, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw refusal(spec, e);
    }
  }

  /** Reads a value. */
  public static <T> T read(CommandSpec spec, Reader<T> reader) throws IOException {
    try {
      return reader.read();
    } catch (IllegalArgumentException e) {
      throw refusal(spec, e);
    }
  }

  private static ParameterException refusal(CommandSpec spec, IllegalArgumentException e) {
    return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
  }
}
