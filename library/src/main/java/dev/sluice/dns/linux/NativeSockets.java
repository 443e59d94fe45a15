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
import org.jspecify.annotations.Nullable;

/**
 * {@code sendmmsg(2)} and {@code recvmmsg(2)}, which the JDK does not offer. Not thread-safe: calls
 * share the memory for errno and for their arguments.
 */
public final class NativeSockets {
  // Values of Linux, the same on all processors that NativeCalls supports.
  static final int EAGAIN = 11;
  static final int ECONNREFUSED = 111;

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SOCK_DGRAM = 2;

  /** Size of {@code struct sockaddr_in6}; IPv4's is smaller and has its port at 2 as well. */
  private static final int ADDRESS_BYTES = 28;

  private static final int PORT = 2;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final ByteBuffer error = allocate(Integer.BYTES);
  private final Object errorSegment = NativeCalls.segment(error);
  private final ByteBuffer value = allocate(ADDRESS_BYTES);
  private final ByteBuffer length = allocate(Integer.BYTES);

  private final MessageHeaders incoming = new MessageHeaders();
  private final MessageHeaders outgoing = new MessageHeaders();

  /** The batch that the incoming headers point to. */
  private @Nullable DatagramBatch described;

  private NativeSockets() {}

  /**
   * {@return the native calls: on Linux and JDK 22+ with {@code --enable-native-access}, or none}
   */
  public static Optional<NativeSockets> find() {
    return NativeCalls.AVAILABLE ? Optional.of(new NativeSockets()) : Optional.empty();
  }

  /** Receives into a batch; returns how many datagrams, or errno as a negative number. */
  int receive(int fd, DatagramBatch in) {
    if (in != described) {
      incoming.describe(in);
      described = in;
    }
    int count =
        result(NativeCalls.recvmmsg(errorSegment, fd, incoming.address(), DatagramBatch.SLOTS));
    for (int slot = 0; slot < count; slot++) {
      in.setLength(slot, incoming.length(slot));
    }
    return count;
  }

  /** Sends slots; returns how many were sent, or the first one's errno as a negative number. */
  int send(int fd, DatagramBatch out, int[] order, int from, int until, boolean joins) {
    int messages = outgoing.describe(out, order, from, until, joins);
    int sent = result(NativeCalls.sendmmsg(errorSegment, fd, outgoing.address(), messages));
    return sent > 0 ? outgoing.slots(sent) : sent;
  }

  private int result(int count) {
    return count >= 0 ? count : -error.getInt(0);
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
    int result =
        NativeCalls.getsockopt(
            errorSegment,
            fd,
            level,
            option,
            NativeCalls.address(value),
            NativeCalls.address(length));
    return result == 0;
  }

  private int port(int fd) {
    length.putInt(0, ADDRESS_BYTES);
    int result =
        NativeCalls.getsockname(
            errorSegment, fd, NativeCalls.address(value), NativeCalls.address(length));
    return result == 0
        ? ((value.get(PORT) & 0xFF) << Byte.SIZE) | (value.get(PORT + 1) & 0xFF)
        : -1;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
