package dev.sluice.dns;

import java.io.IOException;

/** The way of a port's datagrams to the kernel and back, many at a time. */
interface Datagrams {
  /** How many are received at once at most; where fewer came, there are no more. */
  int most();

  /**
   * Reads what is there.
   *
   * @return how many datagrams are in the first slots of the batch now
   */
  int receive(DatagramBatch in) throws IOException;

  /**
   * Sends some of a batch.
   *
   * @param order which slots, those of one length next to each other
   * @param from where in this order to begin
   * @param until where in this order to end
   * @return how many left, beginning with the first; 0 when the kernel has no room at the moment
   * @throws IOException what is wrong with the first; the others remain to be sent
   */
  int send(DatagramBatch out, int[] order, int from, int until) throws IOException;
}
