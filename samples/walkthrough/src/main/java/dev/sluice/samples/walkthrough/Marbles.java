package dev.sluice.samples.walkthrough;

import static java.util.Objects.requireNonNull;

import dev.sluice.samples.Main;
import dev.sluice.samples.ParsedOption;
import io.reactivex.rxjava3.core.Completable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws the scenes as marble diagrams, from a run of each in virtual time. */
@Command(
    name = "marbles",
    description = {
      "Draws scenes as marble diagrams, from a run of each in virtual time.",
      "o start, | end, X failure, ! cancellation, * a printed line."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class Marbles implements Callable<Integer> {
  /** The pictures of the README, below the folder of the clone. */
  static final Path WALKTHROUGH_FOLDER = Path.of("samples", "walkthrough", "marbles");

  /** The pictures of the Javadoc, below the folder of the clone. */
  static final Path LIBRARY_FOLDER =
      Path.of("library", "src", "main", "java", "dev", "sluice", "doc-files");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "SCENE",
      arity = "0..*",
      converter = SceneName.class,
      description = "Scenes to draw. Default: all that run in virtual time.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--write",
      paramLabel = "CLONE",
      description =
          "Draw no text, but write the SVG files of the README and the Javadoc below this folder.")
  private @Nullable Path clone;

  public static void main(String... args) {
    Main.launch(new Marbles(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (clone != null) {
      for (var file : svgFiles().entrySet()) {
        Path target = clone.resolve(file.getKey());
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(target, file.getValue());
      }
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    for (String name : names.isEmpty() ? List.copyOf(all().keySet()) : names) {
      out.println("== " + name);
      MarbleScenes.diagrams(requireNonNull(all().get(name)))
          .forEach(
              diagram -> {
                MarbleText.draw(diagram).forEach(out::println);
                out.println();
              });
    }
    return 0;
  }

  /** Every SVG file, by its path below the folder of the clone. */
  static Map<Path, String> svgFiles() {
    Map<Path, String> files = new LinkedHashMap<>();
    MarbleScenes.WALKTHROUGH.forEach(
        (name, scenes) -> files.put(WALKTHROUGH_FOLDER.resolve(name + ".svg"), svg(name, scenes)));
    MarbleScenes.LIBRARY.forEach(
        (name, scenes) -> files.put(LIBRARY_FOLDER.resolve(name + ".svg"), svg(name, scenes)));
    return files;
  }

  private static String svg(String name, List<Function<SampleContext, Completable>> scenes) {
    return MarbleSvg.draw(name, MarbleScenes.diagrams(scenes));
  }

  private static Map<String, List<Function<SampleContext, Completable>>> all() {
    Map<String, List<Function<SampleContext, Completable>>> all =
        new LinkedHashMap<>(MarbleScenes.WALKTHROUGH);
    all.putAll(new TreeMap<>(MarbleScenes.LIBRARY));
    return all;
  }

  /** The name of a scene with a picture. */
  static final class SceneName extends ParsedOption<String> {
    SceneName() {
      super(SceneName::parse);
    }

    private static String parse(String name) {
      if (!all().containsKey(name)) {
        throw new IllegalArgumentException(
            "'" + name + "': allowed are " + String.join(", ", all().keySet()));
      }
      return name;
    }
  }
}
