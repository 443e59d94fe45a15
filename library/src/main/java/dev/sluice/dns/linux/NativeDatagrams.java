package dev.sluice.dns.linux;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Many datagrams per system call, on the file descriptor of a channel. The channel still does
 * everything else. Datagrams of one length are sent as one message that the kernel or the network
 * device splits ({@code UDP_SEGMENT} of Linux 4.18), at a third of the cost.
 */
public final class NativeDatagrams implements Datagrams {
  private final NativeSockets sockets;
  private final DatagramChannel channel;
  private final ChannelDatagrams oneByOne;
  private final int fd;

  /** Whether datagrams of one length are sent as one; false once a network device refused it. */
  private boolean joins;

  private NativeDatagrams(NativeSockets sockets, DatagramChannel channel, int fd) {
    this.sockets = sockets;
    this.channel = channel;
    this.oneByOne = new ChannelDatagrams(channel);
    this.fd = fd;
    joins = sockets.joins(fd);
  }

  /**
   * {@return the fastest way for this channel}
   *
   * @param channel a bound channel
   * @param sockets the native calls; null where there are none
   * @throws IOException the channel is closed
   */
  public static Datagrams of(DatagramChannel channel, @Nullable NativeSockets sockets)
      throws IOException {
    OptionalInt fd = sockets == null ? OptionalInt.empty() : sockets.descriptor(channel);
    return sockets != null && fd.isPresent()
        ? new NativeDatagrams(sockets, channel, fd.getAsInt())
        : new ChannelDatagrams(channel);
  }

  @Override
  public int maxPerCall() {
    return DatagramBatch.SLOTS;
  }

  @Override
  public int receive(DatagramBatch in) throws IOException {
    int count = sockets.receive(openDescriptor(), in);
    if (count >= 0) {
      return count;
    }
    return isBusy(count) ? 0 : oneByOne.receive(in);
  }

  @Override
  public int send(DatagramBatch out, int[] order, int from, int until) throws IOException {
    int count = sockets.send(openDescriptor(), out, order, from, until, joins);
    if (count >= 0) {
      return count;
    }
    if (isBusy(count)) {
      return 0;
    }
    // Sent alone, the datagram leaves if joining was the problem; else the JDK words the error.
    joins = false;
    return oneByOne.send(out, order, from, until);
  }

  /** Refuses after close: the descriptor's number may belong to another file by then. */
  private int openDescriptor() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    return fd;
  }

  private static boolean isBusy(int result) throws PortUnreachableException {
    if (result == -NativeSockets.ECONNREFUSED) {
      // The kernel reports this once; a second call through the channel would not see it.
      throw new PortUnreachableException();
    }
    return result == -NativeSockets.EAGAIN;
  }
}
