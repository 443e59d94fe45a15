package dev.sluice.dns.linux;

import java.io.IOException;

/** Sends and receives the datagrams of one socket, several per system call where possible. */
public interface Datagrams {
  /** The most datagrams that one call receives. After fewer, the socket was empty. */
  int maxPerCall();

  /**
   * Reads the datagrams that have arrived.
   *
   * @param in the batch whose first slots are filled
   * @return how many slots were filled
   * @throws IOException such as a {@link java.net.PortUnreachableException}
   */
  int receive(DatagramBatch in) throws IOException;

  /**
   * Sends datagrams of a batch.
   *
   * @param out the batch
   * @param order the slots in sending order, those of one length next to each other
   * @param from the first position of the order to send
   * @param until the position after the last one
   * @return how many were sent, from the first on; 0 when the socket buffer is full
   * @throws IOException the first one cannot be sent; the others remain to be sent
   */
  int send(DatagramBatch out, int[] order, int from, int until) throws IOException;
}
