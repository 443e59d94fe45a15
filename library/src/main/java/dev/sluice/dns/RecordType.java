package dev.sluice.dns;

import dev.sluice.dns.wire.AddressType;

/** The kind of address to ask for. */
public enum RecordType {
  /** IPv4 addresses: RFC 1035, section 3.4.1. */
  A(AddressType.A),
  /** IPv6 addresses: RFC 3596. */
  AAAA(AddressType.AAAA);

  private final AddressType addressType;

  RecordType(AddressType addressType) {
    this.addressType = addressType;
  }

  AddressType addressType() {
    return addressType;
  }
}
