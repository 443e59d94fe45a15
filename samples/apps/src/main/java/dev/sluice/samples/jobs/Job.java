package dev.sluice.samples.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A command with a list, to be run by any worker.
 *
 * @param id names it
 * @param kind what is done with the list
 * @param list the text of the list
 * @param folder where its files and its journal go; the same for all workers
 * @param options further options of the command
 */
record Job(String id, Kind kind, String list, Path folder, List<String> options) {
  /** What a job does. */
  enum Kind {
    /** The list has URLs to download. */
    FETCH("-i"),
    /** The list has names to probe. */
    PROBE("-f");

    private final String listOption;

    Kind(String listOption) {
      this.listOption = listOption;
    }

    /** The kind that a command names. */
    static Kind parse(String command) {
      for (Kind kind : values()) {
        if (kind.command().equals(command)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "'" + command + "' is not for jobs: allowed are fetch and probe");
    }

    /** The name of the command. */
    String command() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Path journal() {
    return folder.resolve(id + ".ndjson");
  }

  /** The words of the command, with the list in this file. */
  List<String> words(Path listFile) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(kind.command(), kind.listOption, listFile.toString()));
    if (kind == Kind.FETCH) {
      words.addAll(List.of("-o", folder.toString()));
    }
    words.addAll(List.of("--journal", journal().toString(), "--resume"));
    words.addAll(options);
    return words;
  }
}
