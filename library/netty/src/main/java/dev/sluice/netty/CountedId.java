package dev.sluice.netty;

import io.netty.channel.ChannelId;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The id of a channel: a number. For the one of Netty, which is unique across machines, the first
 * connection waits while all network interfaces are listed. There are no two with one number.
 */
final class CountedId implements ChannelId {
  @Serial private static final long serialVersionUID = 1;

  private static final AtomicLong LAST = new AtomicLong();

  private final long number;

  private CountedId(long number) {
    this.number = number;
  }

  static CountedId next() {
    return new CountedId(LAST.incrementAndGet());
  }

  @Override
  public String asShortText() {
    return Long.toString(number);
  }

  @Override
  public String asLongText() {
    return asShortText();
  }

  @Override
  public int compareTo(ChannelId other) {
    return other instanceof CountedId counted
        ? Long.compare(number, counted.number)
        : asLongText().compareTo(other.asLongText());
  }

  @Override
  public String toString() {
    return asShortText();
  }
}
