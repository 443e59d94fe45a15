package dev.sluice.samples.servers.dns;

import java.util.Arrays;
import java.util.Optional;

/** The types of records that a zone may hold (RFC 1035, 3596 and 6672). */
enum RecordType {
  A(1),
  NS(2),
  CNAME(5),
  SOA(6),
  TXT(16),
  AAAA(28),
  DNAME(39);

  /** Asks for all types; one of them is answer enough (RFC 8482). */
  static final int ANY = 255;

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<RecordType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.name().equalsIgnoreCase(text)).findFirst();
  }
}
