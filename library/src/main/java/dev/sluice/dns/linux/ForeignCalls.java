package dev.sluice.dns.linux;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Calls through the foreign-function API of JDK 22 (JEP 454), which is used by reflection, because
 * this class is compiled for JDK 17. The first argument of each function is the memory for errno.
 *
 * <p>Nothing is called unless the application allows native access ({@code --enable-native-access},
 * or {@code Enable-Native-Access} in its manifest); the JVM would print a warning otherwise.
 */
final class ForeignCalls implements NativeCalls {
  private static final String FOREIGN = "java.lang.foreign.";

  private static final Class<?>[] PLAIN = {int.class, long.class, int.class, int.class};
  private static final Class<?>[] WITH_TIMEOUT = {
    int.class, long.class, int.class, int.class, long.class
  };
  private static final Class<?>[] NAME = {int.class, long.class, long.class};
  private static final Class<?>[] OPTION = {
    int.class, int.class, int.class, long.class, long.class
  };

  private static final MethodHandle SENDMMSG = function("sendmmsg", PLAIN);
  private static final MethodHandle RECVMMSG = function("recvmmsg", WITH_TIMEOUT);
  private static final MethodHandle GETSOCKNAME = function("getsockname", NAME);
  private static final MethodHandle GETSOCKOPT = function("getsockopt", OPTION);

  private final ByteBuffer errno =
      ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
  private final Object errnoSegment = segment(errno);

  @Override
  public int sendmmsg(int fd, long headers, int count) {
    try {
      return result((int) SENDMMSG.invokeExact(errnoSegment, fd, headers, count, 0));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int recvmmsg(int fd, long headers, int count) {
    try {
      return result((int) RECVMMSG.invokeExact(errnoSegment, fd, headers, count, 0, 0L));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int getsockname(int fd, long address, long length) {
    try {
      return result((int) GETSOCKNAME.invokeExact(errnoSegment, fd, address, length));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int getsockopt(int fd, int level, int option, long value, long length) {
    try {
      return result((int) GETSOCKOPT.invokeExact(errnoSegment, fd, level, option, value, length));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int result(int returned) {
    return returned >= 0 ? returned : -errno.getInt(0);
  }

  private static Object segment(ByteBuffer direct) {
    try {
      return type("MemorySegment")
          .getMethod("ofBuffer", java.nio.Buffer.class)
          .invoke(null, direct);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long address(ByteBuffer direct) {
    try {
      ByteBuffer whole = direct.duplicate().clear();
      return (long) type("MemorySegment").getMethod("address").invoke(segment(whole));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, Class<?>... parameters) {
    MethodType erased = methodType(int.class, parameters).insertParameterTypes(0, Object.class);
    try {
      return find(name, parameters).asType(erased);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no way to " + name, e);
    }
  }

  private static MethodHandle find(String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Class<?> linkerType = type("Linker");
    Class<?> layout = type("MemoryLayout");
    Class<?> descriptor = type("FunctionDescriptor");
    Class<?> option = type("Linker$Option");
    Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
    Object symbol =
        ((Optional<?>) type("SymbolLookup").getMethod("find", String.class).invoke(lookup, name))
            .orElseThrow();
    Object parameterLayouts = Array.newInstance(layout, parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      Array.set(parameterLayouts, i, layout(parameters[i]));
    }
    Object function =
        descriptor
            .getMethod("of", layout, layout.arrayType())
            .invoke(null, layout(int.class), parameterLayouts);
    Object options = Array.newInstance(option, 1);
    Array.set(
        options,
        0,
        option
            .getMethod("captureCallState", String[].class)
            .invoke(null, (Object) new String[] {"errno"}));
    return (MethodHandle)
        linkerType
            .getMethod("downcallHandle", type("MemorySegment"), descriptor, option.arrayType())
            .invoke(linker, symbol, function, options);
  }

  private static Object layout(Class<?> carrier) throws ReflectiveOperationException {
    String name = carrier == int.class ? "JAVA_INT" : "JAVA_LONG";
    return type("ValueLayout").getField(name).get(null);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(FOREIGN + name);
  }
}
