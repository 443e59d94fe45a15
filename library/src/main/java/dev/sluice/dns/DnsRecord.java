package dev.sluice.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A record of class IN.
 *
 * <pre>{@code
 * if (record instanceof DnsRecord.Mx mx) {
 *   System.out.println(mx.preference() + " " + mx.exchange());
 * }
 * }</pre>
 *
 * <p>Names in records are text in lower case without a trailing dot, "." for the root. They may
 * hold what a {@link DomainName} may not: a dot, a backslash, or an octet that is no printable
 * ASCII, is escaped in a label (RFC 1035, section 5.1).
 */
public sealed interface DnsRecord {
  /** {@return the owner of the record} */
  String name();

  /** {@return how long the record may be kept} */
  Duration ttl();

  /** {@return the type of the record} */
  RecordKind kind();

  /** {@return the data of the record, as a master file has it (RFC 1035, section 5)} */
  String data();

  /**
   * An IPv4 address.
   *
   * @param name the owner of the record
   * @param ttl how long the record may be kept
   * @param address the address
   */
  record A(String name, Duration ttl, InetAddress address) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.A;
    }

    @Override
    public String data() {
      return address.getHostAddress();
    }
  }

  /**
   * An IPv6 address.
   *
   * @param name the owner of the record
   * @param ttl how long the record may be kept
   * @param address the address; an {@code Inet4Address} for one that is mapped (RFC 4291)
   */
  record Aaaa(String name, Duration ttl, InetAddress address) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.AAAA;
    }

    @Override
    public String data() {
      return address.getHostAddress();
    }
  }

  /**
   * An alias.
   *
   * @param name the owner of the record: the alias
   * @param ttl how long the record may be kept
   * @param target the name behind the alias
   */
  record Cname(String name, Duration ttl, String target) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.CNAME;
    }

    @Override
    public String data() {
      return absolute(target);
    }
  }

  /**
   * A name server of a zone.
   *
   * @param name the owner of the record: the zone
   * @param ttl how long the record may be kept
   * @param server the name of the server
   */
  record Ns(String name, Duration ttl, String server) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.NS;
    }

    @Override
    public String data() {
      return absolute(server);
    }
  }

  /**
   * A mail exchange.
   *
   * @param name the owner of the record
   * @param ttl how long the record may be kept
   * @param preference the lower, the sooner it is tried
   * @param exchange the name of the server; "." if the domain takes no mail (RFC 7505)
   */
  record Mx(String name, Duration ttl, int preference, String exchange) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.MX;
    }

    @Override
    public String data() {
      return preference + " " + absolute(exchange);
    }
  }

  /**
   * Texts.
   *
   * @param name the owner of the record
   * @param ttl how long the record may be kept
   * @param texts one or more; each character is one octet (ISO 8859-1)
   */
  record Txt(String name, Duration ttl, List<String> texts) implements DnsRecord {
    /**
     * Copies the list.
     *
     * @param name the owner of the record
     * @param ttl how long the record may be kept
     * @param texts one or more
     */
    public Txt {
      texts = List.copyOf(texts);
    }

    @Override
    public RecordKind kind() {
      return RecordKind.TXT;
    }

    @Override
    public String data() {
      return texts.stream().map(CharacterString::quoted).collect(Collectors.joining(" "));
    }
  }

  /**
   * The start of a zone.
   *
   * @param name the owner of the record: the zone
   * @param ttl how long the record may be kept
   * @param primary the name of the primary server
   * @param mailbox of the person in charge; its first dot stands for an @
   * @param serial the version of the zone, 32 bits
   * @param refresh how often a secondary server asks for a new version
   * @param retry how soon it asks again after a failure
   * @param expire how long it answers without an answer itself
   * @param minimum how long a denial may be kept (RFC 2308, section 4)
   */
  record Soa(
      String name,
      Duration ttl,
      String primary,
      String mailbox,
      long serial,
      Duration refresh,
      Duration retry,
      Duration expire,
      Duration minimum)
      implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.SOA;
    }

    @Override
    public String data() {
      return absolute(primary)
          + " "
          + absolute(mailbox)
          + " "
          + serial
          + " "
          + refresh.toSeconds()
          + " "
          + retry.toSeconds()
          + " "
          + expire.toSeconds()
          + " "
          + minimum.toSeconds();
    }
  }

  /**
   * A rule for certification authorities.
   *
   * @param name the owner of the record
   * @param ttl how long the record may be kept
   * @param flags 128 if an authority that does not know the tag must not issue a certificate
   * @param tag such as {@code issue}, in lower case
   * @param value such as the domain of an authority; each character is one octet (ISO 8859-1)
   */
  record Caa(String name, Duration ttl, int flags, String tag, String value) implements DnsRecord {
    @Override
    public RecordKind kind() {
      return RecordKind.CAA;
    }

    @Override
    public String data() {
      return flags + " " + tag + " " + CharacterString.quoted(value);
    }
  }

  private static String absolute(String name) {
    return name.equals(".") ? name : name + ".";
  }
}
