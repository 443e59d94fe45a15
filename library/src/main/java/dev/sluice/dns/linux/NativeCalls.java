package dev.sluice.dns.linux;

import java.nio.ByteBuffer;

/**
 * Functions of the C library of 64-bit Linux. Pointers are passed as numbers, and an error is
 * returned as a negative errno. Not thread-safe.
 */
interface NativeCalls {
  int sendmmsg(int fd, long headers, int count);

  int recvmmsg(int fd, long headers, int count);

  int getsockname(int fd, long address, long length);

  int getsockopt(int fd, int level, int option, long value, long length);

  /** The address of the first octet of a direct buffer, whatever its position. */
  long address(ByteBuffer direct);
}
