package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes one file, then prints the result and the content of the folder. */
final class OneWrite {
  private OneWrite() {}

  /** Arguments: the folder, the name in URL encoding (ASCII in any locale), the size in bytes. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Folder folder = Folder.at(Path.of(arguments[0]));
    FileName name = FileName.of(URLDecoder.decode(arguments[1], UTF_8));
    try {
      Path file = folder.write(name, new byte[Integer.parseInt(arguments[2])]);
      out.println("written: " + Files.size(file) + " bytes");
    } catch (DiskException e) {
      out.println("failed: " + e.getMessage());
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      files.forEach(file -> out.println("in the folder: " + file.getFileName()));
    }
  }
}
