package dev.sluice.samples.fetch;

import dev.sluice.fetch.FileNaming;
import dev.sluice.samples.ParsedOption;
import picocli.CommandLine.Option;

/** The options that say how files are named. */
final class NamingOption {
  @Option(
      names = "--names",
      paramLabel = "HOW",
      defaultValue = "url",
      converter = Converter.class,
      description =
          "Name the files by the end of their URL (url), by what the server says (server), or by a"
              + " template of {name}, {stem}, {extension}, {host}, {port}, {path} and {query}, such"
              + " as '{host}-{name}'. Default: ${DEFAULT-VALUE}.")
  private FileNaming naming = FileNaming.fromUrl();

  @Option(
      names = "--number",
      description =
          "Number files of the same name: the second a.gif is a_2.gif. Default: the second is an"
              + " error.")
  private boolean isNumbering;

  FileNaming naming() {
    return naming;
  }

  boolean isNumbering() {
    return isNumbering;
  }

  private static FileNaming parse(String text) {
    if (text.equals("url")) {
      return FileNaming.fromUrl();
    }
    if (text.equals("server")) {
      return FileNaming.fromContentDisposition();
    }
    if (!text.contains("{")) {
      throw new IllegalArgumentException(
          "'" + text + "': allowed are url, server, or a template with {name} or the like");
    }
    return FileNaming.template(text);
  }

  static final class Converter extends ParsedOption<FileNaming> {
    Converter() {
      super(NamingOption::parse);
    }
  }
}
