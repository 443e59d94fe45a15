package dev.sluice.dns;

/** A record type whose data is an address. */
enum AddressType {
  /** IPv4: RFC 1035, section 3.4.1. */
  A(1, 4),
  /** IPv6: RFC 3596. */
  AAAA(28, 16);

  private final int code;
  private final int addressBytes;

  AddressType(int code, int addressBytes) {
    this.code = code;
    this.addressBytes = addressBytes;
  }

  int code() {
    return code;
  }

  int addressBytes() {
    return addressBytes;
  }
}
