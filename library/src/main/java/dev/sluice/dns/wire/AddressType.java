package dev.sluice.dns.wire;

/** A record type whose data is an address. */
public enum AddressType {
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

  public int code() {
    return code;
  }

  public int addressBytes() {
    return addressBytes;
  }
}
