package dev.sluice.samples;

import java.lang.reflect.Proxy;

/**
 * Ends the process on the next Ctrl-C. The JVM alone would ignore it while shutdown hooks run.
 *
 * <p>By reflection, because javac warns about {@code sun.misc.Signal}, which has no replacement.
 */
final class SecondCtrlC {
  private SecondCtrlC() {}

  /** Does nothing where the JVM does not receive SIGINT, such as under {@code nohup}. */
  static void endsTheProcess() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), halting(handler));
    } catch (ReflectiveOperationException e) {
      // Without the class, or with a signal that the JVM leaves to the system, nothing changes.
      return;
    }
  }

  private static Object halting(Class<?> handler) {
    return Proxy.newProxyInstance(
        handler.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, method, arguments) -> {
          Runtime.getRuntime().halt(CtrlC.EXIT_STATUS);
          return null;
        });
  }
}
