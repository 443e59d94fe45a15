package dev.sluice.dns.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of datagrams through native calls, if available, and through the channel. */
@Timeout(30)
class DatagramsTest {
  private static final int MAX_BYTES = 2_000;

  private DatagramSocket peer;
  private DatagramChannel channel;

  @BeforeEach
  void connect() throws IOException {
    peer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.configureBlocking(false);
    channel.connect(peer.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    peer.close();
  }

  /** The ways to send and receive. */
  private enum Way {
    /** By the foreign-function API of the JDK, where it has one. */
    FOREIGN,
    JNA,
    CHANNEL
  }

  private static boolean hasForeignCalls() {
    return Runtime.version().feature() >= 22;
  }

  private Datagrams datagrams(Way way) throws IOException {
    assumeTrue(way != Way.FOREIGN || hasForeignCalls(), "this JDK has no foreign-function API");
    return switch (way) {
      case FOREIGN -> NativeDatagrams.of(channel, new NativeSockets(new ForeignCalls()));
      case JNA -> NativeDatagrams.of(channel, new NativeSockets(JnaCalls.find().orElseThrow()));
      case CHANNEL -> new ChannelDatagrams(channel);
    };
  }

  @Test
  void nativeCallsAreAvailableOnLinux() throws IOException {
    boolean expected =
        System.getProperty("os.name").equals("Linux")
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    Optional<NativeCalls> calls = NativeSockets.calls();
    assertEquals(expected, calls.isPresent());
    assertEquals(expected && hasForeignCalls(), calls.orElse(null) instanceof ForeignCalls);
    NativeSockets sockets = NativeSockets.find().orElse(null);
    assertEquals(expected, NativeDatagrams.of(channel, sockets) instanceof NativeDatagrams);
  }

  @ParameterizedTest
  @EnumSource
  void datagramsOfDifferentLengthsArriveSeparately(Way way) throws IOException {
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    int[] order = IntStream.range(0, DatagramBatch.SLOTS).toArray();
    Set<String> expected = new TreeSet<>();
    for (int slot = 0; slot < DatagramBatch.SLOTS; slot++) {
      // Long and short runs of equal lengths, and single ones.
      String text = String.valueOf((char) ('0' + slot)).repeat(slot < 40 ? 30 : 1 + slot / 3 * 25);
      expected.add(text);
      fill(batch, slot, text);
    }
    Datagrams datagrams = datagrams(way);
    int sent = 0;
    while (sent < DatagramBatch.SLOTS) {
      sent += datagrams.send(batch, order, sent, DatagramBatch.SLOTS);
    }
    Set<String> came = new TreeSet<>();
    for (int i = 0; i < DatagramBatch.SLOTS; i++) {
      came.add(receive());
    }
    assertEquals(expected, came);
  }

  @ParameterizedTest
  @EnumSource
  void allDatagramsAreReadAndThenNone(Way way) throws IOException {
    for (int i = 0; i < DatagramBatch.SLOTS + 3; i++) {
      byte[] octets = ("answer " + i).getBytes(US_ASCII);
      peer.send(new DatagramPacket(octets, octets.length, channel.getLocalAddress()));
    }
    Datagrams datagrams = datagrams(way);
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    int came = 0;
    for (int count = datagrams.receive(batch); count > 0; count = datagrams.receive(batch)) {
      assertTrue(count <= datagrams.maxPerCall());
      for (int slot = 0; slot < count; slot++) {
        assertEquals("answer " + came++, US_ASCII.decode(batch.content(slot)).toString());
      }
    }
    assertEquals(DatagramBatch.SLOTS + 3, came);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedPortIsPortUnreachable(Way way) throws IOException {
    peer.close();
    Datagrams datagrams = datagrams(way);
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    fill(batch, 0, "hello");
    assertEquals(1, datagrams.send(batch, new int[] {0}, 0, 1));
    assertThrows(PortUnreachableException.class, () -> datagrams.receive(batch));
    assertEquals(1, datagrams.send(batch, new int[] {0}, 0, 1));
    assertThrows(PortUnreachableException.class, () -> datagrams.send(batch, new int[] {0}, 0, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aDatagramThatIsTooLongIsAnErrorWithTheMessageOfTheJdk(Way way) throws IOException {
    Datagrams datagrams = datagrams(way);
    DatagramBatch batch = new DatagramBatch(70_000);
    batch.setLength(0, 70_000);
    IOException e =
        assertThrows(IOException.class, () -> datagrams.send(batch, new int[] {0}, 0, 1));
    assertEquals("Message too long", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void aClosedChannelsDescriptorIsNotUsedAgain(Way way) throws IOException {
    Datagrams datagrams = datagrams(way);
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    fill(batch, 0, "to a closed port");
    channel.close();
    try (DatagramChannel heir = DatagramChannel.open(StandardProtocolFamily.INET)) {
      heir.configureBlocking(false);
      heir.connect(peer.getLocalSocketAddress());
      assertThrows(ClosedChannelException.class, () -> datagrams.send(batch, new int[] {0}, 0, 1));
      assertThrows(ClosedChannelException.class, () -> datagrams.receive(batch));
    }
  }

  private static void fill(DatagramBatch batch, int slot, String text) {
    batch.slot(slot).put(text.getBytes(US_ASCII));
    batch.setLength(slot, text.length());
  }

  private String receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    peer.receive(packet);
    return US_ASCII.decode(ByteBuffer.wrap(packet.getData(), 0, packet.getLength())).toString();
  }
}
