package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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
 * OkHttp 4 beside Okio 1, which a pom may lead to. The class that only OkHttp 4 has stands for it:
 * the build has no Kotlin. {@code .ci/consumer} builds with the real one.
 */
class OkHttpVersionsTest {
  @TempDir Path folder;

  @Test
  void okHttp4WithOkio1IsRefusedWithWhatToDo() throws Exception {
    compile("okhttp3/OkHttp", "package okhttp3; public class OkHttp {}");
    var refusal = assertThrows(InvocationTargetException.class, this::client);
    Throwable cause = assertInstanceOf(IllegalStateException.class, refusal.getCause());
    assertTrue(
        String.valueOf(cause.getMessage())
            .endsWith("exclude com.squareup.okio:okio from dev.sluice:sluice in your build"),
        cause::toString);
  }

  @Test
  void theOkioOfOkHttp4IsAccepted() throws Exception {
    compile("okhttp3/OkHttp", "package okhttp3; public class OkHttp {}");
    compile("okio/ByteString$Companion", "package okio; class ByteString$Companion {}");
    assertEquals(URI.create("http://127.0.0.1/"), client());
  }

  @Test
  void theOwnVersionsAreAccepted() throws Exception {
    assertEquals(URI.create("http://127.0.0.1/"), client());
  }

  /** The base of a client that another class loader makes, which has the folder first. */
  private Object client() throws Exception {
    List<URL> path = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
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
