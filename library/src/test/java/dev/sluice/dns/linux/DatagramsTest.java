package dev.sluice.dns.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of datagrams through native calls, if available, and through the channel. */
@Timeout(30)
class DatagramsTest {
  private static final int MAX_BYTES = 2_000;

  private final Optional<NativeSockets> sockets = NativeSockets.find();
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

  private Datagrams datagrams(boolean natively) throws IOException {
    return natively && sockets.isPresent()
        ? NativeDatagrams.of(channel, sockets.get())
        : new ChannelDatagrams(channel);
  }

  @Test
  void nativeCallsAreAvailableOnLinuxFromJdk22() throws IOException {
    boolean expected =
        Runtime.version().feature() >= 22
            && System.getProperty("os.name").equals("Linux")
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    assertEquals(expected, sockets.isPresent());
    assertEquals(expected, datagrams(true) instanceof NativeDatagrams);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void datagramsOfDifferentLengthsArriveSeparately(boolean natively) throws IOException {
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    int[] order = IntStream.range(0, DatagramBatch.SLOTS).toArray();
    Set<String> expected = new TreeSet<>();
    for (int slot = 0; slot < DatagramBatch.SLOTS; slot++) {
      // Long and short runs of equal lengths, and single ones.
      String text = String.valueOf((char) ('0' + slot)).repeat(slot < 40 ? 30 : 1 + slot / 3 * 25);
      expected.add(text);
      fill(batch, slot, text);
    }
    Datagrams datagrams = datagrams(natively);
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
  @ValueSource(booleans = {true, false})
  void allDatagramsAreReadAndThenNone(boolean natively) throws IOException {
    for (int i = 0; i < DatagramBatch.SLOTS + 3; i++) {
      byte[] octets = ("answer " + i).getBytes(US_ASCII);
      peer.send(new DatagramPacket(octets, octets.length, channel.getLocalAddress()));
    }
    Datagrams datagrams = datagrams(natively);
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
  @ValueSource(booleans = {true, false})
  void aClosedPortIsPortUnreachable(boolean natively) throws IOException {
    peer.close();
    Datagrams datagrams = datagrams(natively);
    DatagramBatch batch = new DatagramBatch(MAX_BYTES);
    fill(batch, 0, "hello");
    assertEquals(1, datagrams.send(batch, new int[] {0}, 0, 1));
    assertThrows(PortUnreachableException.class, () -> datagrams.receive(batch));
    assertEquals(1, datagrams.send(batch, new int[] {0}, 0, 1));
    assertThrows(PortUnreachableException.class, () -> datagrams.send(batch, new int[] {0}, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDatagramThatIsTooLongIsAnErrorWithTheMessageOfTheJdk(boolean natively) throws IOException {
    Datagrams datagrams = datagrams(natively);
    DatagramBatch batch = new DatagramBatch(70_000);
    batch.setLength(0, 70_000);
    IOException e =
        assertThrows(IOException.class, () -> datagrams.send(batch, new int[] {0}, 0, 1));
    assertEquals("Message too long", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClosedChannelsDescriptorIsNotUsedAgain(boolean natively) throws IOException {
    Datagrams datagrams = datagrams(natively);
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
