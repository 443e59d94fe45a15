package dev.sluice.dns.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** One system call per datagram, through the JDK's channel. */
final class ChannelDatagrams implements Datagrams {
  private final DatagramChannel channel;

  ChannelDatagrams(DatagramChannel channel) {
    this.channel = channel;
  }

  @Override
  public int maxPerCall() {
    return 1;
  }

  @Override
  public int receive(DatagramBatch in) throws IOException {
    ByteBuffer slot = in.slot(0);
    int length = channel.read(slot);
    if (length <= 0) {
      return 0;
    }
    in.setLength(0, length);
    return 1;
  }

  @Override
  public int send(DatagramBatch out, int[] order, int from, int until) throws IOException {
    return channel.write(out.content(order[from])) == 0 ? 0 : 1;
  }
}
