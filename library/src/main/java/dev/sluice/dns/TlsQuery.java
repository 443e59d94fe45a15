package dev.sluice.dns;

import org.jspecify.annotations.Nullable;

/** A query on a connection. Its fields are guarded by the connection. */
final class TlsQuery {
  /** The query as it was made. */
  final byte[] bytes;

  /** Its id on the connection. */
  int id;

  /** How many responses the connection had brought before. */
  int before;

  /** The whole response. */
  byte @Nullable [] response;

  boolean isCancelled;

  TlsQuery(byte[] bytes) {
    this.bytes = bytes;
  }
}
