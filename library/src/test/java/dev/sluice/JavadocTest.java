package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public method that returns a reactive type says in its own Javadoc how the stream behaves,
 * in sections that begin with {@code <b>Scheduler:</b>} and the like. A method without Javadoc that
 * overrides another one inherits the sections.
 */
class JavadocTest {
  private static final Set<String> STREAMS = Set.of("Flowable", "Observable", "Publisher");
  private static final Set<String> SINGLE_RESULTS = Set.of("Single", "Maybe", "Completable");

  @Test
  void everyPublicMethodThatReturnsAReactiveTypeSaysHowItBehaves() throws IOException {
    Methods methods = new Methods();
    methods.scanAll(sources());

    assertEquals(List.of(), methods.faults);
    assertTrue(methods.checked >= 20, () -> "only " + methods.checked + " methods were found");
  }

  @Test
  void findsWhatIsMissing() {
    assertEquals(
        Set.of("Backpressure", "Cancellation"),
        missing(
            "Flowable",
            """
        The values. <b>Scheduler:</b> none.
        <b>Failure:</b> ends the stream.
        """));
    assertEquals(
        Set.of("Scheduler"),
        missing(
            "Single",
            """
        The value. <b>Failure:</b> in onError. <b>Cancellation:</b> disposes the call.
        """));
  }

  @Test
  void aSectionThatOnlyLinksToAnotherMethodIsMissing() {
    assertEquals(
        Set.of("Failure"),
        missing(
            "Maybe",
            """
        The value. <b>Scheduler:</b> the network scheduler. <b>Failure:</b> as for {@link
        #use}. <b>Cancellation:</b> disposes the call.
        """));
  }

  private static Set<String> missing(String returnType, String javadoc) {
    Set<String> missing = new TreeSet<>(List.of("Scheduler", "Failure", "Cancellation"));
    if (STREAMS.contains(returnType)) {
      missing.add("Backpressure");
    }
    missing.removeIf(section -> says(section, javadoc));
    return missing;
  }

  private static boolean says(String section, String javadoc) {
    Matcher matcher =
        Pattern.compile("<b>" + section + ":</b>\\s+(?!as \\w+ \\{@link)\\S").matcher(javadoc);
    return matcher.find();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** Visits every method of a parsed source and checks the public ones of public types. */
  private static final class Methods extends TreePathScanner<@Nullable Void, DocTrees> {
    private final List<String> faults = new ArrayList<>();
    private int checked;

    void scanAll(List<Path> sources) throws IOException {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
        DocTrees trees = DocTrees.instance(task);
        for (CompilationUnitTree source : task.parse()) {
          scan(source, trees);
        }
      }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, DocTrees trees) {
      return isPublic(type.getModifiers()) ? super.visitClass(type, trees) : null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, DocTrees trees) {
      String type = String.valueOf(method.getReturnType()).replaceFirst("<.*", "");
      if (isPublic(method.getModifiers())
          && (STREAMS.contains(type) || SINGLE_RESULTS.contains(type))) {
        check(method, type, trees.getDocComment(getCurrentPath()));
      }
      return null;
    }

    private void check(MethodTree method, String type, @Nullable String javadoc) {
      if (javadoc == null && isOverride(method)) {
        return;
      }
      checked++;
      Set<String> missing = missing(type, javadoc == null ? "" : javadoc);
      if (!missing.isEmpty()) {
        String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
        faults.add(file + ", " + type + " " + method.getName() + ": no " + missing);
      }
    }

    private boolean isPublic(ModifiersTree modifiers) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      boolean ofAnInterface =
          parent.getKind() == Kind.INTERFACE && !modifiers.getFlags().contains(Modifier.PRIVATE);
      return ofAnInterface || modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(it -> it.getAnnotationType().toString().equals("Override"));
    }
  }
}
