package dev.sluice.dns.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * {@code sendmmsg(2)} and {@code recvmmsg(2)}, which the JDK does not offer. Not thread-safe: calls
 * share the memory for their arguments.
 */
public final class NativeSockets {
  /** Processors with a 32-bit int, 64-bit pointers and the struct layouts of MessageHeaders. */
  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

  private static final int JDK_WITH_FOREIGN_CALLS = 22;
  private static final int JDK_THAT_WARNS_OF_JNA = 24;

  // Values of Linux, the same on all these processors.
  static final int EAGAIN = 11;
  static final int ECONNREFUSED = 111;

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SOCK_DGRAM = 2;

  /** Size of {@code struct sockaddr_in6}; IPv4's is smaller and has its port at 2 as well. */
  private static final int ADDRESS_BYTES = 28;

  private static final int PORT = 2;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final AtomicBoolean PREPARING = new AtomicBoolean();
  private static volatile boolean ready;

  private final NativeCalls calls;
  private final ByteBuffer value = allocate(ADDRESS_BYTES);
  private final ByteBuffer length = allocate(Integer.BYTES);

  private final MessageHeaders incoming;
  private final MessageHeaders outgoing;

  /** The batch that the incoming headers point to. */
  private @Nullable DatagramBatch described;

  NativeSockets(NativeCalls calls) {
    this.calls = calls;
    incoming = new MessageHeaders(calls);
    outgoing = new MessageHeaders(calls);
  }

  /**
   * {@return the native calls of Linux: through the JDK, from 22 on, where the application allows
   * native access; else through JNA, below 24, where it is on the class path; or none}
   */
  public static Optional<NativeSockets> find() {
    return calls().map(NativeSockets::new);
  }

  /** Loads the native calls on a thread of its own, once for the process. Returns at once. */
  public static void prepare() {
    if (PREPARING.compareAndSet(false, true)) {
      Thread thread = new Thread(null, NativeSockets::load, "sluice-dns-native", 0, false);
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        // No native thread: one call per datagram works, too.
        return;
      }
    }
  }

  /** Whether native calls are loaded, so that {@link #find} has them at once. */
  public static boolean isReady() {
    return ready;
  }

  private static void load() {
    calls()
        .ifPresent(
            calls -> {
              // Refused for its descriptor. The first call of each kind takes long.
              int unused = calls.sendmmsg(-1, 0, 0) + calls.recvmmsg(-1, 0, 0);
              ready = true;
            });
  }

  static Optional<NativeCalls> calls() {
    if (!System.getProperty("os.name").equals("Linux")
        || !PROCESSORS.contains(System.getProperty("os.arch"))) {
      return Optional.empty();
    }
    int jdk = Runtime.version().feature();
    if (jdk >= JDK_WITH_FOREIGN_CALLS && isNativeAccessEnabled()) {
      return Optional.of(new ForeignCalls());
    }
    return jdk < JDK_THAT_WARNS_OF_JNA ? JnaCalls.find() : Optional.empty();
  }

  private static boolean isNativeAccessEnabled() {
    try {
      return (boolean)
          Module.class.getMethod("isNativeAccessEnabled").invoke(NativeSockets.class.getModule());
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Receives into a batch; returns how many datagrams, or errno as a negative number. */
  int receive(int fd, DatagramBatch in) {
    if (in != described) {
      incoming.describe(in);
      described = in;
    }
    int count = calls.recvmmsg(fd, incoming.address(), DatagramBatch.SLOTS);
    for (int slot = 0; slot < count; slot++) {
      in.setLength(slot, incoming.length(slot));
    }
    return count;
  }

  /** Sends slots; returns how many were sent, or the first one's errno as a negative number. */
  int send(int fd, DatagramBatch out, int[] order, int from, int until, boolean joins) {
    int messages = outgoing.describe(out, order, from, until, joins);
    int sent = calls.sendmmsg(fd, outgoing.address(), messages);
    return sent > 0 ? outgoing.slots(sent) : sent;
  }

  /**
   * The file descriptor of a bound channel; empty if it is not found. The JDK does not tell it, so
   * this searches the process's datagram sockets for the channel's port.
   */
  OptionalInt descriptor(DatagramChannel channel) throws IOException {
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    List<Integer> candidates = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path path : all) {
        int fd = Integer.parseInt(path.getFileName().toString());
        if (isDatagramSocket(fd) && port(fd) == port) {
          candidates.add(fd);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // /proc is missing, or the process has no descriptor left: one call per datagram works, too.
      return OptionalInt.empty();
    }
    return candidates.size() == 1 ? OptionalInt.of(candidates.get(0)) : OptionalInt.empty();
  }

  /**
   * Whether the kernel has {@code UDP_SEGMENT}. An older kernel would send a joined message as a
   * single datagram without an error.
   */
  boolean joins(int fd) {
    return hasOption(fd, MessageHeaders.SOL_UDP, MessageHeaders.UDP_SEGMENT);
  }

  private boolean isDatagramSocket(int fd) {
    return hasOption(fd, SOL_SOCKET, SO_TYPE) && value.getInt(0) == SOCK_DGRAM;
  }

  /** Whether the option can be read; its value is then in {@link #value}. */
  private boolean hasOption(int fd, int level, int option) {
    length.putInt(0, Integer.BYTES);
    return calls.getsockopt(fd, level, option, calls.address(value), calls.address(length)) == 0;
  }

  private int port(int fd) {
    length.putInt(0, ADDRESS_BYTES);
    int result = calls.getsockname(fd, calls.address(value), calls.address(length));
    return result == 0
        ? ((value.get(PORT) & 0xFF) << Byte.SIZE) | (value.get(PORT + 1) & 0xFF)
        : -1;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
