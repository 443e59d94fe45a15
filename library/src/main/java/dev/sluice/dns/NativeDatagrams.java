package dev.sluice.dns;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;

/**
 * One system call for as many datagrams as there are, on the file descriptor of a channel, which
 * stays in charge of everything else. Those of one length pass the kernel as one, too, and are cut
 * apart where they arrive or leave the machine ({@code UDP_SEGMENT} of Linux 4.18): that costs a
 * third of what each for itself does.
 */
final class NativeDatagrams implements Datagrams {
  private final NativeSockets sockets;
  private final DatagramChannel channel;
  private final ChannelDatagrams oneByOne;
  private final int fd;

  /** Until the device on the way says that it cannot. */
  private boolean joins;

  private NativeDatagrams(NativeSockets sockets, DatagramChannel channel, int fd) {
    this.sockets = sockets;
    this.channel = channel;
    this.oneByOne = new ChannelDatagrams(channel);
    this.fd = fd;
    joins = sockets.joins(fd);
  }

  /** The best way that there is for this channel, which must be bound. */
  static Datagrams of(DatagramChannel channel, NativeSockets sockets) throws IOException {
    OptionalInt fd = sockets.descriptor(channel);
    return fd.isPresent()
        ? new NativeDatagrams(sockets, channel, fd.getAsInt())
        : new ChannelDatagrams(channel);
  }

  @Override
  public int most() {
    return DatagramBatch.SLOTS;
  }

  @Override
  public int receive(DatagramBatch in) throws IOException {
    int count = sockets.receive(open(), in);
    if (count >= 0) {
      return count;
    }
    return isBusy(count) ? 0 : oneByOne.receive(in);
  }

  @Override
  public int send(DatagramBatch out, int[] order, int from, int until) throws IOException {
    int count = sockets.send(open(), out, order, from, until, joins);
    if (count >= 0) {
      return count;
    }
    if (isBusy(count)) {
      return 0;
    }
    // If it is for the joining, this one will leave now. If not, the JDK knows the words for it.
    joins = false;
    return oneByOne.send(out, order, from, until);
  }

  /** A closed channel's number may be another file's by now. */
  private int open() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    return fd;
  }

  private static boolean isBusy(int result) throws PortUnreachableException {
    if (result == -NativeSockets.ECONNREFUSED) {
      // Told once: whoever asks again hears nothing.
      throw new PortUnreachableException();
    }
    return result == -NativeSockets.EAGAIN;
  }
}
