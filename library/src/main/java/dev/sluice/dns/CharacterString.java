package dev.sluice.dns;

/** Writes octets as a master file has them (RFC 1035, section 5.1). */
final class CharacterString {
  private CharacterString() {}

  /** In quotes; a quote or a backslash is escaped, and so is what is no printable ASCII. */
  static String quoted(String octets) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < octets.length(); i++) {
      char octet = octets.charAt(i);
      if (octet < ' ' || octet > '~') {
        quoted.append('\\').append((char) ('0' + octet / 100));
        quoted.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
      } else {
        quoted.append(octet == '"' || octet == '\\' ? "\\" : "").append(octet);
      }
    }
    return quoted.append('"').toString();
  }
}
