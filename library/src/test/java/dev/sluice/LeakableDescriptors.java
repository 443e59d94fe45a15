package dev.sluice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Open file descriptors: sockets, files, selectors. Only Linux lists them; elsewhere there are
 * none.
 */
final class LeakableDescriptors implements Leakable {
  /** An open descriptor; numbers are used again, so the target belongs to its identity. */
  private record Descriptor(String number, String target) {}

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /**
   * Opened by the JVM when it loads a class or needs randomness, and kept for later; and by the
   * native library of JNA for the code that it makes, once for the process.
   */
  private static final Pattern OF_THE_PLATFORM =
      Pattern.compile(
          ".*\\.(jar|jmod|jfr)|.*/lib/modules|/dev/u?random|/proc/.*|/sys/.*|.*/ffi\\w+ \\(deleted\\)");

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String MAPPED_IPV4 = "0000000000000000FFFF0000";
  private static final List<String> TCP_STATES =
      List.of(
          "?",
          "ESTABLISHED",
          "SYN_SENT",
          "SYN_RECV",
          "FIN_WAIT1",
          "FIN_WAIT2",
          "TIME_WAIT",
          "CLOSE",
          "CLOSE_WAIT",
          "LAST_ACK",
          "LISTEN",
          "CLOSING");

  LeakableDescriptors() {
    openWhatTheJdkKeeps();
  }

  static boolean areListed() {
    return Files.isDirectory(DESCRIPTORS);
  }

  @Override
  public Set<?> held() {
    Set<Descriptor> held = new HashSet<>();
    if (!areListed()) {
      return held;
    }
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path number : numbers) {
        addIfOpen(number, held);
      }
    } catch (IOException e) {
      throw new AssertionError("cannot list the open descriptors", e);
    }
    return held;
  }

  @Override
  public String describe(Object held) {
    Descriptor descriptor = (Descriptor) held;
    Matcher socket = SOCKET.matcher(descriptor.target());
    String what = socket.matches() ? connection(socket.group(1)) : descriptor.target();
    return "descriptor " + descriptor.number() + ": " + what;
  }

  private static void addIfOpen(Path number, Set<Descriptor> held) {
    try {
      String target = Files.readSymbolicLink(number).toString();
      if (!OF_THE_PLATFORM.matcher(target).matches()) {
        held.add(new Descriptor(String.valueOf(number.getFileName()), target));
      }
    } catch (IOException e) {
      return; // Closed since it was listed, as the descriptor of the listing itself is.
    }
  }

  /** The ends and the state of a socket. The kernel lists them by inode, for example in net/tcp. */
  private static String connection(String inode) {
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : lines(Path.of("/proc/self/net", protocol))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > 9 && fields[9].equals(inode)) {
          int state = HexFormat.fromHexDigits(fields[3]);
          String ends = protocol + " " + address(fields[1]) + " to " + address(fields[2]);
          return protocol.startsWith("tcp") ? ends + " " + TCP_STATES.get(state) : ends;
        }
      }
    }
    return "socket with inode " + inode;
  }

  /** Turns {@code 0100007F:1F90} into {@code 127.0.0.1:8080}; other IPv6 addresses stay hex. */
  private static String address(String field) {
    String[] parts = field.split(":", 2);
    int port = HexFormat.fromHexDigits(parts[1]);
    String hex = parts[0].replace(MAPPED_IPV4, "");
    if (hex.length() != 8) {
      return "[" + hex + "]:" + port;
    }
    int host = HexFormat.fromHexDigits(hex);
    return (host & 0xFF)
        + "."
        + (host >> 8 & 0xFF)
        + "."
        + (host >> 16 & 0xFF)
        + "."
        + (host >>> 24)
        + ":"
        + port;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(); // No IPv6, for example.
    }
  }

  /** The JDK opens a few descriptors of its own with the first socket, and never closes them. */
  private static void openWhatTheJdkKeeps() {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
        DatagramChannel datagrams = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false).register(selector, 0);
      datagrams.configureBlocking(false).register(selector, 0);
      selector.selectNow();
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("no sockets on loopback", e);
    }
  }
}
