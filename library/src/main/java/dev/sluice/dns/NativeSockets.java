package dev.sluice.dns;

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
 * {@code sendmmsg(2)} and {@code recvmmsg(2)}, which the JDK has no words for. Of one thread at a
 * time, as the place where the system puts its error is one.
 */
final class NativeSockets {
  // Linux, on all of the processors that it is asked about here.
  static final int EAGAIN = 11;
  static final int ECONNREFUSED = 111;

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SOCK_DGRAM = 2;

  /** Enough for a {@code struct sockaddr_in6}; the port stands at 2 in that of IPv4, too. */
  private static final int ADDRESS_BYTES = 28;

  private static final int PORT = 2;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final ByteBuffer error = allocate(Integer.BYTES);
  private final Object errorSegment = NativeCalls.segment(error);
  private final ByteBuffer value = allocate(ADDRESS_BYTES);
  private final ByteBuffer length = allocate(Integer.BYTES);

  private final MessageHeaders incoming = new MessageHeaders();
  private final MessageHeaders outgoing = new MessageHeaders();

  /** What the incoming headers point to. */
  private @Nullable DatagramBatch described;

  private NativeSockets() {}

  /** On Linux from JDK 22 on, where {@code --enable-native-access} says that it may be; or none. */
  static Optional<NativeSockets> find() {
    return NativeCalls.AVAILABLE ? Optional.of(new NativeSockets()) : Optional.empty();
  }

  /** How many came into the batch, or the system's error as a negative number. */
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

  /** How many slots left, or what was wrong with the first as a negative number. */
  int send(int fd, DatagramBatch out, int[] order, int from, int until, boolean joins) {
    int messages = outgoing.describe(out, order, from, until, joins);
    int sent = result(NativeCalls.sendmmsg(errorSegment, fd, outgoing.address(), messages));
    return sent > 0 ? outgoing.slots(sent) : sent;
  }

  private int result(int count) {
    return count >= 0 ? count : -error.getInt(0);
  }

  /**
   * The file descriptor of a bound channel. The JDK keeps it to itself, so this looks which of the
   * process's sockets has the port that the kernel gave to the channel alone.
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
      // No /proc here, or no descriptor left to read it with: the channel will do.
      return OptionalInt.empty();
    }
    return candidates.size() == 1 ? OptionalInt.of(candidates.get(0)) : OptionalInt.empty();
  }

  /**
   * Whether the kernel knows of joining. One that does not would send all in a message as a single
   * datagram, and say nothing.
   */
  boolean joins(int fd) {
    return hasOption(fd, MessageHeaders.SOL_UDP, MessageHeaders.UDP_SEGMENT);
  }

  private boolean isDatagramSocket(int fd) {
    return hasOption(fd, SOL_SOCKET, SO_TYPE) && value.getInt(0) == SOCK_DGRAM;
  }

  /** If it has, the value of the option stands in its place. */
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
