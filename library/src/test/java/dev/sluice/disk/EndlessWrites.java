package dev.sluice.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes the same few files until it is killed, and prints a line for each write. */
final class EndlessWrites {
  static final int LENGTH = 8_000_000;
  static final int FILES = 3;

  private EndlessWrites() {}

  /** Argument: the folder. */
  public static void main(String[] arguments) throws IOException {
    Folder folder = Folder.at(Path.of(arguments[0]));
    // Prepared first, so that a kill almost always falls into a write, not between two.
    byte[][] contents = {new byte[LENGTH], new byte[LENGTH]};
    Arrays.fill(contents[1], (byte) 1);
    for (int i = 0; ; i++) {
      folder.write(FileName.of(i % FILES + ".bin"), contents[i % 2]);
      System.out.println(i);
    }
  }
}
