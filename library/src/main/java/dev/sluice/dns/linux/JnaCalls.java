package dev.sluice.dns.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Calls through JNA, an optional dependency, for a JDK without a foreign-function API. JNA unpacks
 * its native library into {@code java.io.tmpdir}, or where {@code jna.tmpdir} says.
 */
final class JnaCalls implements NativeCalls {
  private JnaCalls() {}

  /** The calls; none where JNA is missing or cannot load its native library. */
  static Optional<NativeCalls> find() {
    try {
      CLibrary.register();
      return Optional.of(new JnaCalls());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public int sendmmsg(int fd, long headers, int count) {
    return result(CLibrary.sendmmsg(fd, headers, count, 0));
  }

  @Override
  public int recvmmsg(int fd, long headers, int count) {
    return result(CLibrary.recvmmsg(fd, headers, count, 0, 0));
  }

  @Override
  public int getsockname(int fd, long address, long length) {
    return result(CLibrary.getsockname(fd, address, length));
  }

  @Override
  public int getsockopt(int fd, int level, int option, long value, long length) {
    return result(CLibrary.getsockopt(fd, level, option, value, length));
  }

  @Override
  public long address(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct.duplicate().clear()));
  }

  private static int result(int returned) {
    return returned >= 0 ? returned : -Native.getLastError();
  }

  /** JNA links these to the functions of their names. */
  private static final class CLibrary {
    static {
      Native.register(CLibrary.class, "c");
    }

    static void register() {}

    static native int sendmmsg(int fd, long headers, int count, int flags);

    static native int recvmmsg(int fd, long headers, int count, int flags, long timeout);

    static native int getsockname(int fd, long address, long length);

    static native int getsockopt(int fd, int level, int option, long value, long length);
  }
}
