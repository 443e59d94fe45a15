package dev.sluice.samples.exercises.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Java files compiled into memory.
 *
 * @param classes the bytes of each class by its name; empty after an error
 * @param errors the errors of each file, a line per error
 */
record Compilation(Map<String, byte[]> classes, Map<Path, String> errors) {

  /**
   * Compiles these files against the class path of this program.
   *
   * @throws IOException if the program runs on a Java without a compiler
   */
  static Compilation of(Collection<Path> files) throws IOException {
    if (files.isEmpty()) {
      return new Compilation(Map.of(), Map.of());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler: start sluice with a JDK");
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager standard =
            compiler.getStandardFileManager(found, Locale.ROOT, UTF_8);
        Memory memory = new Memory(standard)) {
      List<String> options = List.of("-proc:none", "-Xlint:none", "-cp", classPath());
      boolean compiled =
          compiler
              .getTask(
                  null, memory, found, options, null, standard.getJavaFileObjectsFromPaths(files))
              .call();
      return new Compilation(compiled ? memory.classes() : Map.of(), errors(found));
    }
  }

  private static Map<Path, String> errors(DiagnosticCollector<JavaFileObject> found) {
    Map<Path, String> errors = new LinkedHashMap<>();
    for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
      JavaFileObject file = each.getSource();
      if (each.getKind() == Diagnostic.Kind.ERROR && file != null) {
        String line = "line " + each.getLineNumber() + ": " + each.getMessage(Locale.ROOT);
        errors.merge(Path.of(file.toUri()), line, (first, next) -> first + "\n" + next);
      }
    }
    return errors;
  }

  /** The class path of the JVM and, inside Maven, that of the plugin's class loader. */
  private static String classPath() {
    Stream<String> ofLoader =
        Compilation.class.getClassLoader() instanceof URLClassLoader loader
            ? Stream.of(loader.getURLs()).map(Compilation::file)
            : Stream.of();
    return Stream.concat(ofLoader, Stream.of(System.getProperty("java.class.path")))
        .collect(joining(File.pathSeparator));
  }

  private static String file(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(url + " is not a file", e);
    }
  }

  /** Keeps what the compiler writes. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    Memory(JavaFileManager others) {
      super(others);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(className, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new LinkedHashMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }
}
