package dev.sluice.dns;

/** What to ask of a name: which kind of address. */
public enum RecordType {
  /** IPv4: RFC 1035, section 3.4.1. */
  A(1, 4),
  /** IPv6: RFC 3596. */
  AAAA(28, 16);

  private final int code;
  private final int addressBytes;

  RecordType(int code, int addressBytes) {
    this.code = code;
    this.addressBytes = addressBytes;
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  int addressBytes() {
    return addressBytes;
  }
}
