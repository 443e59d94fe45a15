package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OkHttp 4 beside Okio 1, which a pom may lead to. Classes with the companions that OkHttp 4 and
 * its Okio have stand for them: the build has no Kotlin. {@code .ci/consumer} builds with the real
 * one.
 */
class OkHttpVersionsTest {
  private static final String OKHTTP_4 =
      "package okhttp3; public class OkHttpClient { public static int Companion; }";

  @TempDir Path folder;

  @Test
  void okHttp4WithOkio1IsRefusedWithWhatToDo() throws Exception {
    compile("okhttp3/OkHttpClient", OKHTTP_4);
    var refusal = assertThrows(InvocationTargetException.class, this::client);
    Throwable cause = assertInstanceOf(IllegalStateException.class, refusal.getCause());
    assertTrue(
        String.valueOf(cause.getMessage())
            .endsWith("declare com.squareup.okhttp3:okhttp as a dependency in your build"),
        cause::toString);
  }

  @Test
  void theOkioOfOkHttp4IsAccepted() throws Exception {
    compile("okhttp3/OkHttpClient", OKHTTP_4);
    compile(
        "okio/ByteString",
        "package okio; public class ByteString { public static int Companion; }");
    try (URLClassLoader loader = loader()) {
      Method check =
          loader.loadClass("dev.sluice.http.OkHttpVersions").getDeclaredMethod("requireFit");
      check.setAccessible(true);
      assertDoesNotThrow(() -> check.invoke(null));
    }
  }

  @Test
  void theOkioThatIsLoadedCountsOfTwo() throws Exception {
    compile("okhttp3/OkHttpClient", OKHTTP_4);
    compile("okio/ByteString$Companion", "package okio; class ByteString$Companion {}");
    assertThrows(InvocationTargetException.class, this::client);
  }

  @Test
  void theOwnVersionsAreAccepted() throws Exception {
    assertEquals(URI.create("http://127.0.0.1/"), client());
  }

  /** The base of a client that another class loader makes. */
  private Object client() throws Exception {
    try (URLClassLoader loader = loader()) {
      Class<?> policies = loader.loadClass("dev.sluice.Policy");
      Class<?> options = loader.loadClass("dev.sluice.http.HttpOptions");
      Class<?> clients = loader.loadClass("dev.sluice.http.HttpClient");
      Object client =
          clients
              .getMethod("at", URI.class, policies, options)
              .invoke(
                  null,
                  URI.create("http://127.0.0.1/"),
                  policies.getMethod("limit", int.class).invoke(null, 1),
                  options.getMethod("standard").invoke(null));
      Object base = clients.getMethod("base").invoke(client);
      clients.getMethod("close").invoke(client);
      return base;
    }
  }

  /** A class loader that has the folder before the class path. */
  private URLClassLoader loader() throws IOException {
    List<URL> path = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private void compile(String name, String source) throws IOException {
    Path file = folder.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                folder.toString(),
                "-d",
                folder.toString(),
                file.toString());
    assertEquals(0, status);
  }
}
